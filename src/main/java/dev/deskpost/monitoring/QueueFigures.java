package dev.deskpost.monitoring;

import dev.deskpost.message.Messages;
import dev.deskpost.message.Messages.Figures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How many messages stand where, as the database said when it was asked last: every {@code deskpost.monitoring.refresh}, on
 * a thread of its own. To ask here costs nothing and waits for nothing. While the database is away the figures are the old
 * ones; {@link #readAt} tells. Of several stations that share a database these are the figures of all of them.
 */
@Component
public class QueueFigures {

    private static final Logger log = LoggerFactory.getLogger(QueueFigures.class);

    private final Messages messages;
    private final Clock clock;
    private volatile Reading reading;
    private volatile boolean away;

    /** What was read, and when. */
    public record Reading(Figures figures, Instant at) {}

    /** Reads them a first time: a service whose database cannot be asked does not start. */
    QueueFigures(Messages messages, Clock clock) {
        this.messages = messages;
        this.clock = clock;
        this.reading = read();
    }

    @Scheduled(
            fixedDelayString = "${deskpost.monitoring.refresh:5s}",
            initialDelayString = "${deskpost.monitoring.refresh:5s}",
            scheduler = "monitoringExecutor")
    void refresh() {
        try {
            reading = read();
            if (away) {
                log.info("The figures of the queue can be read again");
            }
            away = false;
        } catch (RuntimeException e) {
            if (!away) {
                log.warn("The figures of the queue cannot be read; they stay as they were at {}", readAt(), e);
            }
            away = true;
        }
    }

    /** Both together: {@link #latest} and {@link #readAt} may be of two readings. */
    public Reading reading() {
        return reading;
    }

    public Figures latest() {
        return reading.figures();
    }

    /** When the database was asked: what was accepted after that is not in the figures. */
    public Instant readAt() {
        return reading.at();
    }

    /** How long ago that was; grows while the database does not answer. */
    public Duration age() {
        return Duration.between(readAt(), clock.instant());
    }

    /** Whether the database did not answer the last time. One that still lets us wait shows in the {@link #age}. */
    public boolean isAway() {
        return away;
    }

    /** How long the oldest message that is due has waited by now, as far as these figures know; zero if none waits. */
    public Duration oldestPendingAge() {
        Instant oldest = latest().oldestPendingAt();
        Duration age = oldest == null ? Duration.ZERO : Duration.between(oldest, clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    private Reading read() {
        Instant asked = clock.instant();
        return new Reading(messages.figures(), asked);
    }
}
