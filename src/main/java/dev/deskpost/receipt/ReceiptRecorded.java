package dev.deskpost.receipt;

import dev.deskpost.message.Evidence;
import dev.deskpost.message.Verdict;

/**
 * A receipt was kept that had not come before. Published inside the transaction; listen after its commit.
 *
 * @param recipient whose message it is
 * @param reporter the recipient that reported it; another one if and only if the verdict is {@code MISROUTED}
 * @param late no attempt on the message was running any more
 * @param moved the receipt changed the message
 */
public record ReceiptRecorded(
        String messageId,
        Verdict verdict,
        Evidence evidence,
        String recipient,
        String reporter,
        Source source,
        boolean late,
        boolean moved) {}
