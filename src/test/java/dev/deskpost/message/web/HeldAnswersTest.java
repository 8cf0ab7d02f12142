package dev.deskpost.message.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.deskpost.message.Message;
import dev.deskpost.message.Messages;
import dev.deskpost.message.Waiters;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.async.DeferredResult;

/** Somebody waits, and the database is away. */
class HeldAnswersTest {

    private static final DataAccessResourceFailureException AWAY = new DataAccessResourceFailureException("away");
    private static final ResponseEntity<byte[]> ACCEPTED =
            ResponseEntity.accepted().build();

    private final Waiters waiters = mock(Waiters.class);
    private final Messages messages = mock(Messages.class);
    private final HeldAnswers heldAnswers = new HeldAnswers(waiters, messages);

    private DeferredResult<ResponseEntity<byte[]>> hold(
            HeldAnswers.Telling telling, Function<RuntimeException, ResponseEntity<byte[]>> instead) {
        return heldAnswers.hold("msg_1", message -> false, Duration.ofSeconds(9), telling, instead);
    }

    private DeferredResult<ResponseEntity<byte[]>> hold() {
        return hold((message, held) -> ResponseEntity.ok().build(), failure -> ACCEPTED);
    }

    private void waiterEndsWith(CompletableFuture<Optional<Message>> end) {
        when(waiters.await(any(), any(), any())).thenReturn(Optional.of(end));
    }

    @Test
    void what_was_accepted_is_answered_so_if_it_cannot_be_looked_at() {
        when(waiters.await(any(), any(), any())).thenThrow(AWAY);
        assertThat(hold().getResult()).isSameAs(ACCEPTED);
    }

    @Test
    void what_was_accepted_is_answered_so_if_it_cannot_be_looked_at_when_the_time_is_up() {
        waiterEndsWith(CompletableFuture.failedFuture(AWAY));
        assertThat(hold().getResult()).isSameAs(ACCEPTED);
    }

    @Test
    void what_was_accepted_is_answered_so_if_no_place_is_free_and_it_cannot_be_looked_at() {
        when(waiters.await(any(), any(), any())).thenReturn(Optional.empty());
        when(messages.find(any())).thenThrow(AWAY);
        when(messages.findAll(anyList())).thenThrow(AWAY);
        assertThat(hold().getResult()).isSameAs(ACCEPTED);
    }

    @Test
    void what_was_accepted_is_answered_so_if_its_answer_cannot_be_made() {
        waiterEndsWith(CompletableFuture.completedFuture(Optional.empty()));
        assertThat(hold(
                                (message, held) -> {
                                    throw AWAY;
                                },
                                failure -> ACCEPTED)
                        .getResult())
                .isSameAs(ACCEPTED);
    }

    @Test
    void who_only_asked_hears_of_the_failure() {
        waiterEndsWith(CompletableFuture.failedFuture(AWAY));
        assertThat(heldAnswers
                        .hold("msg_1", message -> false, Duration.ofSeconds(9), (message, held) -> ACCEPTED)
                        .getResult())
                .isSameAs(AWAY);
    }
}
