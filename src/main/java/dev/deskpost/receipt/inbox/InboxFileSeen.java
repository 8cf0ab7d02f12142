package dev.deskpost.receipt.inbox;

import java.time.Instant;

/**
 * A recipient has written a file that names a message. Published once for a message, from the thread of the watch.
 *
 * @param fileName for people: control characters are left out
 * @param at when it was seen
 */
public record InboxFileSeen(String messageId, String recipient, String fileName, Instant at) {

    public InboxFileSeen {
        fileName = OneLine.of(fileName);
    }
}
