package dev.deskpost.message.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.deskpost.message.Channel;
import dev.deskpost.message.Evidence;
import dev.deskpost.message.Failure;
import dev.deskpost.message.Message;
import dev.deskpost.message.MessageState;
import dev.deskpost.message.Priority;
import dev.deskpost.message.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message as callers see it. Fields without a value are null, never missing.
 *
 * @param verdict what is wrong with the text that arrived; null as long as nothing is
 */
record MessageView(
        String id,
        String recipient,
        @Nullable String sender,
        Priority priority,
        MessageState state,
        String content,
        int attempts,
        int maxAttempts,
        Instant acceptedAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant finishedAt,
        @Nullable Channel channel,
        @Nullable Evidence evidence,
        @Nullable Failure failure,
        @JsonRawValue @Nullable String metadata,
        @Nullable Verdict verdict) {

    static MessageView of(Message message) {
        return new MessageView(
                message.id(),
                message.recipient(),
                message.sender(),
                message.priority(),
                message.state(),
                message.content(),
                message.attempts(),
                message.maxAttempts(),
                message.acceptedAt(),
                message.nextAttemptAt(),
                message.finishedAt(),
                message.channel(),
                message.evidence(),
                message.failure(),
                message.metadata(),
                message.verdict() == Verdict.WHOLE ? null : message.verdict());
    }
}
