package dev.deskpost.message.web;

import dev.deskpost.message.Idempotency.Answer;
import dev.deskpost.message.Message;
import dev.deskpost.message.MessageFilter;
import dev.deskpost.message.MessagePage;
import dev.deskpost.message.MessageState;
import dev.deskpost.message.Messages;
import dev.deskpost.message.NewMessage;
import dev.deskpost.message.UnknownMessage;
import dev.deskpost.message.Waiters;
import dev.deskpost.message.web.HeldAnswers.Telling;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** Accepts messages one by one, and shows them. */
@RestController
@RequestMapping(path = MessageController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class MessageController {

    static final String PATH = "/api/v1/messages";

    private static final Logger log = LoggerFactory.getLogger(MessageController.class);

    private final Messages messages;
    private final Acceptance acceptance;
    private final Representations representations;
    private final HeldAnswers heldAnswers;
    private final Waiters waiters;
    private final Clock clock;

    MessageController(
            Messages messages,
            Acceptance acceptance,
            Representations representations,
            HeldAnswers heldAnswers,
            Waiters waiters,
            Clock clock) {
        this.messages = messages;
        this.acceptance = acceptance;
        this.representations = representations;
        this.heldAnswers = heldAnswers;
        this.waiters = waiters;
        this.clock = clock;
    }

    /** @param nextCursor null on the last page */
    record MessageList(List<MessageView> messages, @Nullable String nextCursor) {}

    @PostMapping
    ResponseEntity<byte[]> accept(@RequestBody MessageRequest request, HttpServletRequest http) {
        return Acceptance.response(accepted(request, http));
    }

    /** A repeated call does not get the first answer here, but waits like the first: that is what its caller asks for. */
    @PostMapping(headers = WaitPreference.HEADER)
    DeferredResult<ResponseEntity<byte[]>> acceptAndWait(@RequestBody MessageRequest request, HttpServletRequest http) {
        Answer answer = accepted(request, http);
        Optional<Duration> wait = WaitPreference.of(http).map(waiters::atMost);
        if (wait.isEmpty()) {
            return HeldAnswers.now(Acceptance.response(answer));
        }
        URI location = URI.create(Objects.requireNonNull(answer.location()));
        String id = location.getPath().substring(PATH.length() + 1);
        Telling telling = (message, held) -> {
            ResponseEntity.BodyBuilder response =
                    ResponseEntity.accepted().location(location).contentType(MediaType.APPLICATION_JSON);
            if (held) {
                response.header(WaitPreference.APPLIED, WaitPreference.applied(wait.get()));
            }
            return message.map(found -> response.body(representations.of(found).bytes()))
                    .orElseGet(() -> Acceptance.response(answer));
        };
        // It is accepted, whatever happens now: who hears of a failure sends it again, and it arrives twice.
        return heldAnswers.hold(id, message -> message.state().isFinal(), wait.get(), telling, failure -> {
            log.warn("{} is accepted, but cannot be looked at for the one who waits for its end", id, failure);
            return Acceptance.response(answer);
        });
    }

    private Answer accepted(MessageRequest request, HttpServletRequest http) {
        return acceptance.accept(http, request, () -> check(request), wanted -> {
            Message message = messages.accept(wanted.get(0));
            return new Acceptance.Made(PATH + "/" + message.id(), MessageView.of(message));
        });
    }

    private List<NewMessage> check(MessageRequest request) {
        Faults faults = new Faults();
        return List.of(request.check(clock.instant(), faults).orElseThrow(faults::problem));
    }

    @GetMapping("/{id}")
    ResponseEntity<byte[]> get(
            @PathVariable String id,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String present) {
        return representations.answer(messages.find(id).orElseThrow(() -> new UnknownMessage(id)), present);
    }

    /** Waits until the message is final; for a caller that has a version of it already, until there is another. */
    @GetMapping(path = "/{id}", params = "wait")
    DeferredResult<ResponseEntity<byte[]>> getLater(
            @PathVariable String id,
            @RequestParam @Min(0) @Nullable Long wait,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String present) {
        if (wait == null) {
            return HeldAnswers.now(get(id, present));
        }
        Predicate<Message> wanted = present == null
                ? message -> message.state().isFinal()
                : message -> !representations.of(message).isAmong(present);
        return heldAnswers.hold(
                id,
                wanted,
                Duration.ofSeconds(wait),
                (message, held) -> representations.answer(message.orElseThrow(() -> new UnknownMessage(id)), present));
    }

    @GetMapping
    MessageList list(
            @RequestParam @Nullable MessageState state,
            @RequestParam @Nullable String recipient,
            @RequestParam @Nullable String sender,
            @RequestParam @Nullable String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
        MessageFilter filter = new MessageFilter(state, given(recipient), given(sender));
        MessagePage page = messages.list(filter, Cursor.decode(given(cursor)), limit);
        return new MessageList(page.messages().stream().map(MessageView::of).toList(), Cursor.encode(page.next()));
    }

    /** {@code ?cursor=&sender=} is what a script sends whose variables are empty. */
    private static @Nullable String given(@Nullable String parameter) {
        return parameter == null || parameter.isEmpty() ? null : parameter;
    }
}
