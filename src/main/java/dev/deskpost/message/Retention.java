package dev.deskpost.message;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
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
    private volatile boolean stopping;

    Retention(Pruner pruner, Idempotency idempotency, RetentionProperties properties, Clock clock) {
        this.pruner = pruner;
        this.idempotency = idempotency;
        this.properties = properties;
        this.clock = clock;
    }

    @EventListener
    void on(ContextClosedEvent closed) {
        stopping = true;
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
        while (!stopping && idempotency.prune(clock.instant(), size) >= size) {
            log.debug("Removed a batch of old idempotency keys; looking for more");
        }
    }

    private void prune(MessageState state) {
        while (!stopping && pruner.prune(state)) {
            log.debug("Removed a batch of old {} messages; looking for more", state);
        }
    }
}
