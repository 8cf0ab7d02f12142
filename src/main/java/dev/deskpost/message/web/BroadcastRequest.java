package dev.deskpost.message.web;

import dev.deskpost.message.NewMessage;
import dev.deskpost.message.Priority;
import dev.deskpost.recipient.Recipients;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The same for several recipients.
 *
 * @param recipients a list of ids, or {@code "*"}
 */
record BroadcastRequest(
        @Nullable JsonNode recipients,
        @Nullable String content,
        @Nullable String sender,
        @Nullable Priority priority,
        @Nullable Instant deliverAfter,
        @Nullable Instant expiresAt,
        @Nullable ObjectNode metadata)
        implements Letter.Draft {

    /** Each recipient gets a copy of the content, and all of them are written in one transaction. */
    private static final long MAX_BYTES_IN_ALL = 64L * 1024 * 1024;

    /** @throws dev.deskpost.problem.Problem with all that is wrong */
    List<NewMessage> check(Instant now, Recipients directory) {
        Faults faults = new Faults();
        Optional<Letter> letter = Letter.check(this, now, faults);
        List<String> names = Whom.read("recipients", recipients, directory, faults);
        letter.ifPresent(written -> {
            long bytes = written.content().text().getBytes(StandardCharsets.UTF_8).length;
            if (bytes * names.size() > MAX_BYTES_IN_ALL) {
                faults.addTooLarge(
                        "content",
                        "has " + bytes + " bytes for " + names.size() + " recipients, and together that may be "
                                + MAX_BYTES_IN_ALL + " at most; send it in several broadcasts");
            }
        });
        if (!faults.isEmpty()) {
            throw faults.problem();
        }
        return names.stream().map(letter.orElseThrow()::to).toList();
    }
}
