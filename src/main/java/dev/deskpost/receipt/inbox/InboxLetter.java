package dev.deskpost.receipt.inbox;

import java.time.Instant;

/**
 * A message that is to be written into an inbox.
 *
 * @param id of the message: letters, digits, {@code _} and {@code -}, at most 64
 * @param recipient its id
 * @param sender who sent it; the file's header has no line for it
 * @param priority of the message; the file's header has no line for it
 * @param acceptedAt when the message was accepted: always the same for a message, as its file's name is made from it
 * @param content what the recipient is to read
 */
public record InboxLetter(
        String id, String recipient, String sender, String priority, Instant acceptedAt, String content) {

    /** The whole file: header, rule, content. The same letter is always the same text. */
    String text() {
        return "# Message Delivery Confirmation\n\n"
                + "**Message ID:** " + OneLine.of(id) + "\n"
                + "**Recipient:** " + OneLine.of(recipient) + "\n"
                + "**Timestamp:** " + acceptedAt + "\n\n"
                + "---\n\n"
                + content;
    }
}
