package dev.deskpost.receipt;

import dev.deskpost.message.Message;
import dev.deskpost.recipient.Recipients;
import org.springframework.stereotype.Component;

/** The recipient's template, filled as it is when it is pasted. Of one that was removed, the content. */
@Component
class FilledTemplate implements PastedText {

    private final Recipients recipients;

    FilledTemplate(Recipients recipients) {
        this.recipients = recipients;
    }

    @Override
    public String of(Message message) {
        return recipients
                .find(message.recipient())
                .map(recipient -> recipient
                        .template()
                        .fill(
                                message.content(),
                                message.id(),
                                message.sender(),
                                message.priority().key()))
                .orElseGet(message::content);
    }
}
