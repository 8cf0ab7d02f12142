package dev.deskpost.monitoring;

import dev.deskpost.delivery.AttemptFinished;
import dev.deskpost.delivery.DeliveryOutcome;
import dev.deskpost.delivery.DeliveryOutcome.Delivered;
import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.delivery.DeliveryOutcome.Unconfirmed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What this process delivered in the last hour, minute by minute, for plots and for rates over a while. Kept in memory: it
 * begins anew with the process. Minutes in which nothing ended are missing.
 */
@Component
public class RecentDeliveries {

    private static final Duration KEPT = Duration.ofHours(1);
    private static final int DIGITS = 2;

    private final Clock clock;
    private final Deque<Bucket> buckets = new ArrayDeque<>();

    RecentDeliveries(Clock clock) {
        this.clock = clock;
    }

    /**
     * What ended in a time. Of messages, only those count that wait for no other try.
     *
     * @param attempts all, also those that another follows
     * @param retries those of them that were not the first of their message
     */
    public record Counts(long delivered, long failed, long unconfirmed, long attempts, long retries) {

        static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        /** Messages that have an outcome. */
        public long ended() {
            return delivered + failed + unconfirmed;
        }

        /** From 0 to 1; not a number if there are none. */
        public double failureRate() {
            return (double) failed / ended();
        }

        /** From 0 to 1; not a number if there are none. */
        public double successRate() {
            return (double) delivered / ended();
        }

        /** From 0 to 1; not a number if there are none. */
        public double retryRate() {
            return (double) retries / attempts;
        }

        Counts plus(Counts other) {
            return new Counts(
                    delivered + other.delivered,
                    failed + other.failed,
                    unconfirmed + other.unconfirmed,
                    attempts + other.attempts,
                    retries + other.retries);
        }
    }

    /**
     * @param start of the minute
     * @param median from accepted (or the end of {@code deliverAfter}) to delivered, all tries together; null if nothing was
     * @param p99 what 99 of 100 took at most
     */
    public record Minute(
            Instant start,
            Counts counts,
            @Nullable Duration median,
            @Nullable Duration p99) {}

    @EventListener
    synchronized void on(AttemptFinished finished) {
        Instant now = clock.instant();
        Bucket bucket = bucketOf(now);
        DeliveryOutcome outcome = finished.outcome();
        bucket.counts = bucket.counts.plus(new Counts(
                outcome instanceof Delivered ? 1 : 0,
                outcome instanceof NotSent && finished.isFinal() ? 1 : 0,
                outcome instanceof Unconfirmed ? 1 : 0,
                1,
                finished.claim().attempt() > 1 ? 1 : 0));
        if (outcome instanceof Delivered) {
            bucket.latency.recordValue(Latency.of(finished.claim(), now).toMillis());
        }
    }

    /** Those of the last hour in their order; the last one is not over yet. */
    public synchronized List<Minute> minutes() {
        forgetOld(clock.instant());
        return buckets.stream().map(Bucket::minute).toList();
    }

    /** @param window at most an hour; counts by whole minutes, so it may be up to a minute more */
    public synchronized Counts within(Duration window) {
        Instant from = clock.instant().minus(window).truncatedTo(ChronoUnit.MINUTES);
        return buckets.stream()
                .filter(bucket -> !bucket.start.isBefore(from))
                .map(bucket -> bucket.counts)
                .reduce(Counts.NONE, Counts::plus);
    }

    private Bucket bucketOf(Instant now) {
        Instant start = now.truncatedTo(ChronoUnit.MINUTES);
        Bucket last = buckets.peekLast();
        // After the clock was set back it goes on with the newest.
        if (last == null || last.start.isBefore(start)) {
            forgetOld(now);
            last = new Bucket(start);
            buckets.addLast(last);
        }
        return last;
    }

    private void forgetOld(Instant now) {
        Instant from = now.minus(KEPT).truncatedTo(ChronoUnit.MINUTES);
        buckets.removeIf(bucket -> bucket.start.isBefore(from));
    }

    private static final class Bucket {
        private final Instant start;
        private final Histogram latency = new Histogram(DIGITS);
        private Counts counts = Counts.NONE;

        Bucket(Instant start) {
            this.start = start;
        }

        private Minute minute() {
            return new Minute(start, counts, percentile(50), percentile(99));
        }

        private @Nullable Duration percentile(double percent) {
            return latency.getTotalCount() == 0 ? null : Duration.ofMillis(latency.getValueAtPercentile(percent));
        }
    }
}
