package dev.deskpost.receipt;

import dev.deskpost.message.Message;
import org.springframework.stereotype.Component;

/** The content, and below it a line with the id by which the recipient can name it. */
@Component
class ContentAndId implements PastedText {

    @Override
    public String of(Message message) {
        return message.content() + "\n\n[deskpost " + message.id() + "]";
    }
}
