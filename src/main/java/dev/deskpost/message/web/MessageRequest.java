package dev.deskpost.message.web;

import dev.deskpost.message.NewMessage;
import dev.deskpost.message.Priority;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a sender POSTs. Only recipient and content are required. */
record MessageRequest(
        @Nullable String recipient,
        @Nullable String content,
        @Nullable String sender,
        @Nullable Priority priority,
        @Nullable Instant deliverAfter,
        @Nullable Instant expiresAt,
        @Nullable ObjectNode metadata)
        implements Letter.Draft {

    private static final int MAX_ID_CHARS = 64;

    /** @return empty if anything is wrong, which is among the faults then */
    Optional<NewMessage> check(Instant now, Faults faults) {
        String whom = recipient == null ? "" : recipient;
        if (whom.isEmpty()) {
            faults.add("recipient", "is missing: whom is the message for?");
        } else if (whom.length() > MAX_ID_CHARS) {
            faults.add("recipient", "is longer than the " + MAX_ID_CHARS + " characters of an id");
        }
        return Letter.check(this, now, faults).map(letter -> letter.to(whom));
    }
}
