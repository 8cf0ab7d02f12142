package dev.deskpost.dashboard;

import dev.deskpost.message.Evidence;
import dev.deskpost.message.Failure;
import dev.deskpost.message.Message;
import dev.deskpost.message.MessageState;
import dev.deskpost.message.Priority;
import dev.deskpost.message.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message as a line of a list, and what a person may do about it.
 *
 * @param nextTry when it is due; null if it does not wait
 * @param proof how it is known that it arrived; null if it is not
 */
record MessageRow(
        String id,
        String recipient,
        @Nullable String sender,
        Priority priority,
        MessageState state,
        String preview,
        int attempts,
        int maxAttempts,
        Instant acceptedAt,
        @Nullable Instant nextTry,
        @Nullable Instant finishedAt,
        @Nullable String proof,
        @Nullable Failure failure,
        @Nullable Verdict verdict) {

    private static final int PREVIEW = 120;
    private static final int LOOKED_AT = 1000;

    static MessageRow of(Message message) {
        return new MessageRow(
                message.id(),
                message.recipient(),
                message.sender(),
                message.priority(),
                message.state(),
                preview(message.content()),
                message.attempts(),
                message.maxAttempts(),
                message.acceptedAt(),
                message.state() == MessageState.PENDING ? message.nextAttemptAt() : null,
                message.finishedAt(),
                proof(message),
                message.failure(),
                message.verdict() == Verdict.WHOLE ? null : message.verdict());
    }

    public boolean isRetryable() {
        return state == MessageState.FAILED || state == MessageState.UNCONFIRMED;
    }

    public boolean isResolvable() {
        return state == MessageState.UNCONFIRMED;
    }

    public boolean isCancellable() {
        return state == MessageState.PENDING;
    }

    /** How it is known that it arrived; a file that we wrote is no proof. */
    private static @Nullable String proof(Message message) {
        Evidence evidence = message.evidence();
        if (evidence != null) {
            return evidence.name();
        }
        return message.channel() == null ? null : "in the " + message.channel();
    }

    private static String preview(String content) {
        // Of a long text only the beginning is looked at; a pair of surrogates may be cut there, but not shown.
        String line = content.substring(0, Math.min(content.length(), LOOKED_AT))
                .strip()
                .replace('\n', ' ');
        int end = line.codePointCount(0, line.length()) > PREVIEW ? line.offsetByCodePoints(0, PREVIEW) : line.length();
        return end < line.length() || content.length() > LOOKED_AT ? line.substring(0, end) + "…" : line;
    }
}
