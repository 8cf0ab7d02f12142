package dev.deskpost.message;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages of the same content that were accepted together, one for each recipient.
 *
 * @param parts in the order in which the recipients were named; at least one
 */
public record Broadcast(String id, List<Part> parts) {

    /** What became of the message for one recipient. */
    public record Part(
            String id,
            String recipient,
            MessageState state,
            Instant acceptedAt,
            @Nullable Instant finishedAt,
            @Nullable Evidence evidence,
            @Nullable String failureCode,
            @Nullable String failureDetail) {

        public @Nullable Failure failure() {
            return failureCode == null ? null : new Failure(failureCode, failureDetail == null ? "" : failureDetail);
        }

        static Part of(Message message) {
            Failure failure = message.failure();
            return new Part(
                    message.id(),
                    message.recipient(),
                    message.state(),
                    message.acceptedAt(),
                    message.finishedAt(),
                    message.evidence(),
                    failure == null ? null : failure.code(),
                    failure == null ? null : failure.detail());
        }
    }
}
