package dev.deskpost.delivery;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A text of ours may stand in a recipient's input box that nobody submitted: it is taken back before the next one. */
@Entity
@Table(name = "text_left")
class TextLeft {

    @Id
    private String recipient;

    /** The message whose text it is. */
    private String messageId;

    @SuppressWarnings("NullAway.Init")
    protected TextLeft() {}

    TextLeft(String recipient, String messageId) {
        this.recipient = recipient;
        this.messageId = messageId;
    }

    String recipient() {
        return recipient;
    }

    String messageId() {
        return messageId;
    }

    /** Another message was pasted there. */
    void by(String other) {
        messageId = other;
    }
}
