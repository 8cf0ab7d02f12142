package dev.deskpost.message.web;

import dev.deskpost.message.MessageContent;
import dev.deskpost.message.NewMessage;
import dev.deskpost.message.Priority;
import dev.deskpost.problem.Problem;
import dev.deskpost.problem.Problem.FieldError;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a sender POSTs. Only recipient and content are required. */
record MessageRequest(
        @NotEmpty(message = "is missing: whom is the message for?")
        @Size(max = 64, message = "is longer than the 64 characters of an id")
        @Nullable
        String recipient,

        @NotNull(message = "is missing: what is the message?") @Nullable
        String content,

        @Size(max = 200)
        @Pattern(regexp = "[^\\p{Cc}\\p{Cs}]*", message = "must not hold control characters or half surrogate pairs")
        @Nullable
        String sender,

        @Nullable Priority priority,
        @Nullable Instant deliverAfter,
        @Nullable Instant expiresAt,
        @Nullable ObjectNode metadata) {

    private static final int MAX_METADATA_CHARS = 8192;

    /** More than a typing mistake in the year would be; and beyond it there are times that nothing can compute with. */
    private static final Duration MAX_AHEAD = Duration.ofDays(3650);

    NewMessage toNewMessage(Instant now) {
        requireNear("deliverAfter", deliverAfter, now);
        requireNear("expiresAt", expiresAt, now);
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw invalid("expiresAt", "is in the past: it would never be delivered");
        }
        if (expiresAt != null && deliverAfter != null && !expiresAt.isAfter(deliverAfter)) {
            throw invalid("expiresAt", "is not after deliverAfter: it would never be delivered");
        }
        String kept = metadata == null ? null : metadata.toString();
        if (kept != null && kept.length() > MAX_METADATA_CHARS) {
            throw invalid("metadata", "is longer than " + MAX_METADATA_CHARS + " characters of JSON");
        }
        if (kept != null && !StandardCharsets.UTF_8.newEncoder().canEncode(kept)) {
            throw invalid("metadata", "holds half a surrogate pair, which is no character");
        }
        return new NewMessage(
                Objects.requireNonNull(recipient),
                cleanContent(),
                sender,
                priority == null ? Priority.NORMAL : priority,
                kept,
                deliverAfter,
                expiresAt);
    }

    private MessageContent cleanContent() {
        try {
            return MessageContent.of(Objects.requireNonNull(content));
        } catch (MessageContent.Refused e) {
            FieldError error = new FieldError("content", String.valueOf(e.getMessage()));
            throw e.tooLarge() ? Problem.tooLarge(error) : Problem.invalidFields(List.of(error));
        }
    }

    private static void requireNear(String field, @Nullable Instant time, Instant now) {
        if (time != null && time.isAfter(now.plus(MAX_AHEAD))) {
            throw invalid(field, "is more than " + MAX_AHEAD.toDays() + " days ahead");
        }
    }

    private static Problem invalid(String field, String detail) {
        return Problem.invalidFields(List.of(new FieldError(field, detail)));
    }
}
