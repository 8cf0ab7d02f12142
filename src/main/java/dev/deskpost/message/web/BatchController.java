package dev.deskpost.message.web;

import dev.deskpost.message.Messages;
import dev.deskpost.recipient.Recipients;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Accepts several messages, all or none. */
@RestController
class BatchController {

    private final Messages messages;
    private final Recipients recipients;
    private final Acceptance acceptance;
    private final Clock clock;

    BatchController(Messages messages, Recipients recipients, Acceptance acceptance, Clock clock) {
        this.messages = messages;
        this.recipients = recipients;
        this.acceptance = acceptance;
        this.clock = clock;
    }

    /** In the order in which they were sent. */
    record BatchView(List<MessageView> messages) {}

    @PostMapping(path = "/api/v1/messages/batch", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> accept(@RequestBody BatchRequest request, HttpServletRequest http) {
        return Acceptance.response(acceptance.accept(
                http,
                request,
                () -> request.check(clock.instant(), recipients),
                wanted -> new Acceptance.Made(
                        null,
                        new BatchView(messages.acceptAll(wanted, null).stream()
                                .map(MessageView::of)
                                .toList()))));
    }
}
