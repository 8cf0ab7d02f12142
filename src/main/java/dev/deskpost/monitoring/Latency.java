package dev.deskpost.monitoring;

import dev.deskpost.message.Claim;
import dev.deskpost.message.Trigger;
import java.time.Duration;
import java.time.Instant;

/** How long a sender has waited for a delivery. */
final class Latency {

    private Latency() {}

    /**
     * From accepted, or from the end of {@code deliverAfter} if the first try delivered; of one that a person had tried
     * again, from then on.
     */
    static Duration of(Claim claim, Instant delivered) {
        Instant from = claim.trigger() == Trigger.RETRY ? claim.acceptedAt() : claim.dueSince();
        Duration took = Duration.between(from, delivered);
        return took.isNegative() ? Duration.ZERO : took; // The clock was set back
    }
}
