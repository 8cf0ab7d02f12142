package dev.deskpost.message.web;

import dev.deskpost.message.Messages;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What people decide about a single message. */
@RestController
@RequestMapping(path = "/api/v1/messages/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class DecisionController {

    private final Messages messages;

    DecisionController(Messages messages) {
        this.messages = messages;
    }

    record Resolution(
            @NotNull(message = "is missing: did it arrive, true or false?") @Nullable
            Boolean delivered) {}

    @DeleteMapping
    MessageView cancel(@PathVariable String id) {
        return MessageView.of(messages.cancel(id));
    }

    @PostMapping("/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    MessageView retry(@PathVariable String id) {
        return MessageView.of(messages.retry(id));
    }

    @PostMapping("/resolve")
    MessageView resolve(@PathVariable String id, @RequestBody @Valid Resolution resolution) {
        return MessageView.of(messages.resolve(id, Boolean.TRUE.equals(resolution.delivered())));
    }
}
