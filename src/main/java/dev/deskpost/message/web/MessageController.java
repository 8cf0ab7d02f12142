package dev.deskpost.message.web;

import dev.deskpost.message.Message;
import dev.deskpost.message.MessageFilter;
import dev.deskpost.message.MessagePage;
import dev.deskpost.message.MessageState;
import dev.deskpost.message.Messages;
import dev.deskpost.message.UnknownMessage;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/messages", produces = MediaType.APPLICATION_JSON_VALUE)
class MessageController {

    private final Messages messages;
    private final Clock clock;

    MessageController(Messages messages, Clock clock) {
        this.messages = messages;
        this.clock = clock;
    }

    /** @param nextCursor null on the last page */
    record MessageList(List<MessageView> messages, @Nullable String nextCursor) {}

    @PostMapping
    ResponseEntity<MessageView> accept(@RequestBody @Valid MessageRequest request) {
        Message message = messages.accept(request.toNewMessage(clock.instant()));
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/messages/" + message.id()))
                .body(MessageView.of(message));
    }

    @GetMapping("/{id}")
    MessageView get(@PathVariable String id) {
        return messages.find(id).map(MessageView::of).orElseThrow(() -> new UnknownMessage(id));
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
