package dev.deskpost.message;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Has old messages and idempotency keys removed from time to time, on a thread of its own. */
@Component
class Retention {

    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    private static final List<MessageState> FINAL =
            Arrays.stream(MessageState.values()).filter(MessageState::isFinal).toList();

    private final Pruner pruner;
    private final Idempotency idempotency;
    private final RetentionProperties properties;
    private final Clock clock;
    private final CountDownLatch stopping = new CountDownLatch(1);

    Retention(Pruner pruner, Idempotency idempotency, RetentionProperties properties, Clock clock) {
        this.pruner = pruner;
        this.idempotency = idempotency;
        this.properties = properties;
        this.clock = clock;
    }

    @EventListener
    void on(ContextClosedEvent closed) {
        stopping.countDown();
    }

    @Scheduled(
            fixedDelayString = "${deskpost.retention.interval:10m}",
            initialDelayString = "1m",
            scheduler = "retentionExecutor")
    void run() {
        try {
            for (MessageState state : FINAL) {
                prune(state);
            }
            pruneKeys();
        } catch (RuntimeException e) {
            log.warn("Old messages could not be removed; it is tried again after the interval", e);
        }
    }

    private void pruneKeys() {
        int size = properties.batchSize();
        batches(() -> idempotency.prune(clock.instant(), size) >= size);
    }

    private void prune(MessageState state) {
        batches(() -> pruner.prune(state));
    }

    /**
     * Between two batches others have as long as a batch took: each makes work for the database that goes on after it, and
     * without a pause every commit waits for that.
     */
    private void batches(BooleanSupplier batch) {
        long began = System.nanoTime();
        while (stopping.getCount() > 0 && batch.getAsBoolean()) {
            long took = System.nanoTime() - began;
            log.debug("Removed a batch of what is old in {} ms; looking for more", took / 1_000_000);
            if (isStopping(took)) {
                return;
            }
            began = System.nanoTime();
        }
    }

    private boolean isStopping(long nanos) {
        try {
            return stopping.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
