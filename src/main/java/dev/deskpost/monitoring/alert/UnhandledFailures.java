package dev.deskpost.monitoring.alert;

import dev.deskpost.message.FailedMessages;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Since when a FAILED message waits for somebody, as the database said when it was asked last; beside the queue's figures. */
@Component
class UnhandledFailures {

    private static final Logger log = LoggerFactory.getLogger(UnhandledFailures.class);

    private final FailedMessages failed;
    private final AlertProperties properties;
    private final Clock clock;
    private volatile Optional<Instant> oldest = Optional.empty();

    UnhandledFailures(FailedMessages failed, AlertProperties properties, Clock clock) {
        this.failed = failed;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(
            fixedDelayString = "${deskpost.monitoring.refresh:5s}",
            initialDelayString = "0s",
            scheduler = "monitoringExecutor")
    synchronized void refresh() {
        if (!properties.failedUnhandled().enabled()) {
            return;
        }
        try {
            oldest = failed.oldestSince(
                    clock.instant().minus(properties.failedUnhandled().lookBack()));
        } catch (RuntimeException e) {
            // The figures of the queue are read by the same thread, and the log has it from there.
            log.debug("Cannot look for failed messages; what is known stays", e);
        }
    }

    /** When the oldest of them failed; empty if none waits. */
    Optional<Instant> oldest() {
        return oldest;
    }
}
