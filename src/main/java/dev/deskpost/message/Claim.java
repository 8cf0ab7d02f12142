package dev.deskpost.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The right to work on a message, and the fence of every move out of PROCESSING.
 *
 * @param number how often the message has been claimed, this time included
 * @param trigger why there is this attempt
 * @param dueSince since when it could have been taken; of one that was cut off, since it was accepted
 * @param attempt which of its tries this is, 1 for the first
 */
public record Claim(
        String messageId,
        int number,
        int attempt,
        int maxAttempts,
        Trigger trigger,
        String recipient,
        Priority priority,
        String content,
        @Nullable String sender,
        Instant acceptedAt,
        Instant dueSince) {

    static Claim of(Message message, Instant dueSince) {
        return new Claim(
                message.id(),
                message.claims(),
                message.attempts(),
                message.maxAttempts(),
                message.nextTrigger(),
                message.recipient(),
                message.priority(),
                message.content(),
                message.sender(),
                message.acceptedAt(),
                dueSince);
    }

    public boolean isLastTry() {
        return attempt >= maxAttempts;
    }
}
