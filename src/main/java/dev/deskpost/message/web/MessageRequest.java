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
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a sender POSTs. Only recipient and content are required. */
record MessageRequest(
        @NotEmpty(message = "is missing: whom is the message for?") @Nullable
        String recipient,

        @NotNull(message = "is missing: what is the message?") @Nullable
        String content,

        @Size(max = 200) @Pattern(regexp = "\\P{Cntrl}*", message = "must not hold control characters") @Nullable
        String sender,

        @Nullable Priority priority,
        @Nullable Instant deliverAfter,
        @Nullable Instant expiresAt,
        @Nullable ObjectNode metadata) {

    private static final int MAX_METADATA_CHARS = 8192;

    NewMessage toNewMessage(Instant now) {
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

    private static Problem invalid(String field, String detail) {
        return Problem.invalidFields(List.of(new FieldError(field, detail)));
    }
}
