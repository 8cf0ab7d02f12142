package dev.deskpost.monitoring.alert;

import static dev.deskpost.monitoring.alert.DeliveryRules.words;

import dev.deskpost.monitoring.MonitoringProperties;
import dev.deskpost.monitoring.QueueFigures;
import dev.deskpost.monitoring.alert.Alert.Unit;
import dev.deskpost.monitoring.alert.Reading.Measured;
import dev.deskpost.monitoring.alert.Reading.Unknown;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Rules about what stands in the database. It is read by others ({@link QueueFigures}): while it is away these alerts stay as
 * they are, and one of them says that it is.
 */
@Component
class QueueRules {

    private final QueueFigures figures;
    private final UnhandledFailures failures;
    private final OnDuty onDuty;
    private final AlertProperties properties;
    private final Duration databaseLimit;
    private final Clock clock;

    QueueRules(
            QueueFigures figures,
            UnhandledFailures failures,
            OnDuty onDuty,
            AlertProperties properties,
            MonitoringProperties monitoring,
            Clock clock) {
        this.figures = figures;
        this.failures = failures;
        this.onDuty = onDuty;
        this.properties = properties;
        this.databaseLimit = MonitoringProperties.atLeastThree(
                monitoring.refresh(), properties.databaseUnavailable().threshold());
        this.clock = clock;
    }

    List<Rule> rules() {
        return List.of(
                new Rule(
                        "failed-unhandled",
                        Unit.SECONDS,
                        Rule.seconds(properties.failedUnhandled().threshold()),
                        properties.failedUnhandled().timing(),
                        onDuty.orElsewhere(ofKnown(this::failedUnhandled))),
                new Rule(
                        "oldest-pending",
                        Unit.SECONDS,
                        Rule.seconds(properties.oldestPending().threshold()),
                        properties.oldestPending().timing(),
                        onDuty.orElsewhere(ofKnown(this::oldestPending))),
                new Rule(
                        "unconfirmed",
                        Unit.MESSAGES,
                        properties.unconfirmed().threshold(),
                        properties.unconfirmed().timing(),
                        onDuty.orElsewhere(ofKnown(this::unconfirmed))),
                new Rule(
                        "database-unavailable",
                        Unit.SECONDS,
                        Rule.seconds(databaseLimit),
                        properties.databaseUnavailable().timing(),
                        onDuty.orElsewhere(this::databaseUnavailable)));
    }

    private Supplier<Reading> ofKnown(Supplier<Reading> reading) {
        return () -> {
            if (!onDuty.isCertain()) {
                return new Unknown("nobody knows yet whether this process is the station");
            }
            return figures.age().compareTo(databaseLimit) > 0
                    ? new Unknown("the database has not been read since " + at(figures.readAt()))
                    : reading.get();
        };
    }

    private Reading failedUnhandled() {
        Optional<Instant> oldest = failures.oldest();
        return new Measured(
                age(oldest),
                oldest.map(at -> "FAILED messages: %d, one of them since %s; look why, and retry them"
                                .formatted(figures.latest().failed(), at(at)))
                        .orElse("no message failed in the last "
                                + words(properties.failedUnhandled().lookBack()) + " that was not retried"));
    }

    private Reading oldestPending() {
        QueueFigures.Reading reading = figures.reading();
        Optional<Instant> oldest = Optional.ofNullable(reading.figures().oldestPendingAt());
        return new Measured(
                age(oldest),
                oldest.map(at -> "messages that wait: %d, the oldest since %s"
                                .formatted(reading.figures().pending(), at(at)))
                        .orElse("no message waits that could be delivered"));
    }

    private Reading unconfirmed() {
        long count = figures.latest().unconfirmed();
        return new Measured(
                count,
                count == 0
                        ? "no message is UNCONFIRMED"
                        : "UNCONFIRMED messages: " + count + "; look whether they arrived, then resolve or retry them");
    }

    private Reading databaseUnavailable() {
        QueueFigures.Reading reading = figures.reading();
        return new Measured(
                Math.max(0, Rule.seconds(Duration.between(reading.at(), clock.instant()))),
                "the database was read last at " + at(reading.at()));
    }

    private double age(Optional<Instant> since) {
        return since.map(at -> Math.max(0, Rule.seconds(Duration.between(at, clock.instant()))))
                .orElse(0.0);
    }

    private static Instant at(Instant exact) {
        return exact.truncatedTo(ChronoUnit.SECONDS);
    }
}
