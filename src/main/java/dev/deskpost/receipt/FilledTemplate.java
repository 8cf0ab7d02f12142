package dev.deskpost.receipt;

import dev.deskpost.message.Message;
import dev.deskpost.recipient.Recipients;
import dev.deskpost.recipient.Template;
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
                .map(recipient -> fill(recipient.template(), message))
                .orElseGet(message::content);
    }

    @Override
    public String byDefault(Message message) {
        return fill(Template.NAMED, message);
    }

    private static String fill(Template template, Message message) {
        return template.fill(
                message.content(),
                message.id(),
                message.sender(),
                message.priority().key());
    }
}
