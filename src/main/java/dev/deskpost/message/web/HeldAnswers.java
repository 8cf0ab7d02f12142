package dev.deskpost.message.web;

import dev.deskpost.message.Message;
import dev.deskpost.message.Messages;
import dev.deskpost.message.Waiters;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;

/** Answers that are given when a message is as its caller wants it, or the time is up. No thread is held meanwhile. */
@Component
@SuppressWarnings("FutureReturnValueIgnored") // Those of whenComplete: what counts is the one that it hangs on.
class HeldAnswers {

    private static final long NO_TIMEOUT = 0; // Waiters end by themselves.

    private final Waiters waiters;
    private final Messages messages;

    HeldAnswers(Waiters waiters, Messages messages) {
        this.waiters = waiters;
        this.messages = messages;
    }

    /** How an answer is made. */
    @FunctionalInterface
    interface Telling {

        /**
         * @param message as it is then; empty if there is none
         * @param held whether it could be waited for; otherwise too many wait already
         */
        ResponseEntity<byte[]> tell(Optional<Message> message, boolean held);
    }

    DeferredResult<ResponseEntity<byte[]>> hold(String id, Predicate<Message> wanted, Duration limit, Telling telling) {
        return hold(id, wanted, limit, telling, failure -> {
            throw failure;
        });
    }

    /** @param instead what is answered if the message cannot be looked at, or its answer not be made */
    DeferredResult<ResponseEntity<byte[]>> hold(
            String id,
            Predicate<Message> wanted,
            Duration limit,
            Telling telling,
            Function<RuntimeException, ResponseEntity<byte[]>> instead) {
        DeferredResult<ResponseEntity<byte[]>> answer = new DeferredResult<>(NO_TIMEOUT);
        Optional<CompletableFuture<Optional<Message>>> waiting;
        try {
            waiting = waiters.await(id, wanted, limit);
        } catch (RuntimeException e) {
            give(answer, () -> instead.apply(e), instead);
            return answer;
        }
        if (waiting.isEmpty()) {
            give(answer, () -> telling.tell(messages.find(id), false), instead);
            return answer;
        }
        CompletableFuture<Optional<Message>> end = waiting.get();
        answer.onCompletion(() -> end.cancel(false)); // Also when the caller has gone.
        end.whenComplete((message, failure) -> {
            if (failure == null) {
                give(answer, () -> telling.tell(message, true), instead);
            } else {
                RuntimeException why =
                        failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
                give(answer, () -> instead.apply(why), instead);
            }
        });
        return answer;
    }

    static DeferredResult<ResponseEntity<byte[]>> now(ResponseEntity<byte[]> answer) {
        DeferredResult<ResponseEntity<byte[]>> given = new DeferredResult<>();
        given.setResult(answer);
        return given;
    }

    private static void give(
            DeferredResult<ResponseEntity<byte[]>> answer,
            Supplier<ResponseEntity<byte[]>> made,
            Function<RuntimeException, ResponseEntity<byte[]>> instead) {
        try {
            answer.setResult(orElse(made, instead));
        } catch (RuntimeException e) {
            answer.setErrorResult(e);
        }
    }

    private static ResponseEntity<byte[]> orElse(
            Supplier<ResponseEntity<byte[]>> made, Function<RuntimeException, ResponseEntity<byte[]>> instead) {
        try {
            return made.get();
        } catch (RuntimeException e) {
            return instead.apply(e);
        }
    }
}
