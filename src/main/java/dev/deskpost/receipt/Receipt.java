package dev.deskpost.receipt;

import dev.deskpost.message.Evidence;
import dev.deskpost.message.Verdict;
import java.time.Instant;

/**
 * What a recipient reported of a message.
 *
 * @param reporter the id of the recipient that reported it: the message's own, except for {@code MISROUTED}
 * @param evidence {@code INBOX} or {@code RECEIPT}
 * @param at when it was heard
 */
public record Receipt(
        String messageId, String reporter, Source source, Evidence evidence, Verdict verdict, Instant at) {

    public Receipt {
        if (!evidence.isOfRecipient()) {
            throw new IllegalArgumentException(evidence + " is no recipient's proof");
        }
    }
}
