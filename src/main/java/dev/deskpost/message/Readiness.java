package dev.deskpost.message;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether a recipient is ready for a message now. Every bean of this kind is asked before a message is taken in hand;
 * without one all are ready. When an answer has changed before its time, {@link DeliveryQueue#lookAgain} has them asked
 * again.
 */
@FunctionalInterface
public interface Readiness {

    /**
     * Asked inside the transaction of a claim.
     *
     * @param dueSince since when the message could have been delivered
     * @return until when the message is held back; empty if it need not be
     */
    Optional<Instant> heldUntil(String recipient, Instant dueSince, Instant now);
}
