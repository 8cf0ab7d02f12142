package dev.deskpost.delivery;

import dev.deskpost.message.DeliveryQueue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done to the queue between two deliveries: ends are written down, messages come due, are looked at again or expire.
 * Used by the executor's thread, but for {@link #readinessChanged}.
 */
final class Housekeeping {

    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

    private final DeliverNextMessage deliverNextMessage;
    private final AwaitedProofs proofs;
    private final DeliveryQueue queue;
    private final Duration interval;
    private final ClockWatch clockWatch;

    /** Messages that were held back are to be looked at again. */
    private final AtomicBoolean readinessChanged = new AtomicBoolean(true);

    /** When it was last seen to what nobody reports, by a clock that only runs forward. */
    private long tidiedAt = System.nanoTime();

    private boolean hasLooked;

    /** Until all was done about it: the watch says so once. */
    private boolean clockWentBack;

    /** @param interval how often it is seen to what nobody reports */
    Housekeeping(
            DeliverNextMessage deliverNextMessage,
            AwaitedProofs proofs,
            DeliveryQueue queue,
            Duration interval,
            Clock clock) {
        this.deliverNextMessage = deliverNextMessage;
        this.proofs = proofs;
        this.queue = queue;
        this.interval = interval;
        this.clockWatch = new ClockWatch(clock);
    }

    /** Recipients may be ready that were not: to be looked at soon. May be called by any thread. */
    void readinessChanged() {
        readinessChanged.set(true);
    }

    /** What nobody reports: the clock, attempts that were cut off, messages that have expired. */
    void tidyUp() {
        tidiedAt = System.nanoTime();
        mindTheClock();
        deliverNextMessage.settleCutOff();
        all(queue::expire);
    }

    /** What others have to say; in a burst after each message, for it may last for hours. */
    void seeWhatIsNew() {
        deliverNextMessage.settleProved();
        if (readinessChanged.getAndSet(false)) {
            boolean looked = false;
            try {
                all(queue::lookAgain);
                looked = true;
            } finally {
                if (!looked) {
                    readinessChanged.set(true);
                }
            }
        }
        if (System.nanoTime() - tidiedAt > interval.toNanos()) {
            tidyUp();
        }
    }

    /** What was deferred and has come due enters its lane. */
    void admit() {
        all(queue::admit);
    }

    private void mindTheClock() {
        if (!hasLooked) {
            // The clock may have been set back while nothing ran.
            Instant latest = deliverNextMessage.latestRetry();
            all(() -> queue.hurryBeyond(latest));
            queue.restAsPaced();
            hasLooked = true;
        }
        if (clockWatch.wentBack()) {
            log.warn("The clock was set back; what waited for another try is due now");
            clockWentBack = true;
        }
        if (clockWentBack) {
            all(queue::hurry);
            queue.restNoMore();
            proofs.clockWentBack();
            clockWentBack = false;
        }
    }

    /** A batch at a time, each with a transaction of its own. */
    private static void all(IntSupplier batch) {
        while (batch.getAsInt() > 0) {
            log.debug("There may be more; looking again");
        }
    }
}
