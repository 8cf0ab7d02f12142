package dev.deskpost.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Notices when the machine's clock was set back, by a clock that only runs forward. Times of day that were announced before
 * would come too late then. A clock that was set forward, or a machine that slept, does no harm: things are due at once.
 */
final class ClockWatch {

    /** Less is how clocks are kept right all the time. */
    private static final Duration NOTICED = Duration.ofSeconds(1);

    private final Clock clock;
    private Instant seen;
    private long seenNanos;

    ClockWatch(Clock clock) {
        this.clock = clock;
        this.seen = clock.instant();
        this.seenNanos = System.nanoTime();
    }

    /** Whether it was set back since it was asked last. */
    boolean wentBack() {
        Instant now = clock.instant();
        long nanos = System.nanoTime();
        Instant expected = seen.plusNanos(nanos - seenNanos);
        seen = now;
        seenNanos = nanos;
        return now.isBefore(expected.minus(NOTICED));
    }
}
