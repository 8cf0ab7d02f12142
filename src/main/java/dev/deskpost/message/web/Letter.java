package dev.deskpost.message.web;

import dev.deskpost.message.MessageContent;
import dev.deskpost.message.NewMessage;
import dev.deskpost.message.Priority;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A message without its recipient, checked: one for all where many get the same. */
record Letter(
        MessageContent content,
        @Nullable String sender,
        Priority priority,
        @Nullable String metadata,
        @Nullable Instant deliverAfter,
        @Nullable Instant expiresAt) {

    private static final int MAX_SENDER_CHARS = 200;
    private static final int MAX_METADATA_CHARS = 8192;
    private static final Pattern PLAIN = Pattern.compile("[^\\p{Cc}\\p{Cs}]*");

    /** More than a typing mistake in the year would be; and beyond it there are times that nothing can compute with. */
    private static final Duration MAX_AHEAD = Duration.ofDays(3650);

    /** As a sender wrote it. Only the content is required. */
    interface Draft {

        @Nullable
        String content();

        @Nullable
        String sender();

        @Nullable
        Priority priority();

        @Nullable
        Instant deliverAfter();

        @Nullable
        Instant expiresAt();

        @Nullable
        ObjectNode metadata();
    }

    NewMessage to(String recipient) {
        return new NewMessage(recipient, content, sender, priority, metadata, deliverAfter, expiresAt);
    }

    /** @return empty if anything is wrong, which is among the faults then */
    static Optional<Letter> check(Draft draft, Instant now, Faults faults) {
        Optional<MessageContent> content = content(draft.content(), faults);
        checkSender(draft.sender(), faults);
        checkTimes(draft.deliverAfter(), draft.expiresAt(), now, faults);
        String metadata = draft.metadata() == null ? null : draft.metadata().toString();
        checkMetadata(metadata, faults);
        Priority priority = draft.priority() == null ? Priority.NORMAL : draft.priority();
        return content.filter(clean -> faults.isEmpty())
                .map(clean ->
                        new Letter(clean, draft.sender(), priority, metadata, draft.deliverAfter(), draft.expiresAt()));
    }

    private static Optional<MessageContent> content(@Nullable String content, Faults faults) {
        if (content == null) {
            faults.add("content", "is missing: what is the message?");
            return Optional.empty();
        }
        try {
            return Optional.of(MessageContent.of(content));
        } catch (MessageContent.Refused e) {
            String reason = String.valueOf(e.getMessage());
            if (e.tooLarge()) {
                faults.addTooLarge("content", reason);
            } else {
                faults.add("content", reason);
            }
            return Optional.empty();
        }
    }

    private static void checkSender(@Nullable String sender, Faults faults) {
        if (sender != null && sender.length() > MAX_SENDER_CHARS) {
            faults.add("sender", "is longer than " + MAX_SENDER_CHARS + " characters");
        }
        if (sender != null && !PLAIN.matcher(sender).matches()) {
            faults.add("sender", "must not hold control characters or half surrogate pairs");
        }
    }

    private static void checkTimes(
            @Nullable Instant deliverAfter, @Nullable Instant expiresAt, Instant now, Faults faults) {
        checkNear("deliverAfter", deliverAfter, now, faults);
        checkNear("expiresAt", expiresAt, now, faults);
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            faults.add("expiresAt", "is in the past: it would never be delivered");
        } else if (expiresAt != null && deliverAfter != null && !expiresAt.isAfter(deliverAfter)) {
            faults.add("expiresAt", "is not after deliverAfter: it would never be delivered");
        }
    }

    private static void checkNear(String field, @Nullable Instant time, Instant now, Faults faults) {
        if (time != null && time.isAfter(now.plus(MAX_AHEAD))) {
            faults.add(field, "is more than " + MAX_AHEAD.toDays() + " days ahead");
        }
    }

    private static void checkMetadata(@Nullable String metadata, Faults faults) {
        if (metadata != null && metadata.length() > MAX_METADATA_CHARS) {
            faults.add("metadata", "is longer than " + MAX_METADATA_CHARS + " characters of JSON");
        }
        CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
        if (metadata != null && !encoder.canEncode(metadata)) {
            faults.add("metadata", "holds half a surrogate pair, which is no character");
        }
    }
}
