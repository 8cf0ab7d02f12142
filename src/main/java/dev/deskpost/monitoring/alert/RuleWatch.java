package dev.deskpost.monitoring.alert;

import dev.deskpost.monitoring.alert.Alert.State;
import dev.deskpost.monitoring.alert.Reading.Elsewhere;
import dev.deskpost.monitoring.alert.Reading.Measured;
import dev.deskpost.monitoring.alert.Reading.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where one rule stands, as Prometheus counts {@code for} and {@code keep_firing_for}: a value must be too great for a while
 * before the alert fires, and good again for a while before it is resolved, so that one to and fro makes no noise. What could
 * not be measured changes nothing.
 *
 * <p>Used by one thread.
 */
final class RuleWatch {

    private final Rule rule;
    private State state = State.INACTIVE;
    private Instant since;
    private @Nullable Double value;
    private @Nullable Instant calmSince;
    private @Nullable Instant evaluatedAt;
    private String summary;

    RuleWatch(Rule rule, Instant now) {
        this.rule = rule;
        this.since = now;
        this.summary = rule.timing().enabled() ? "not evaluated yet" : "switched off";
    }

    Rule rule() {
        return rule;
    }

    Alert alert() {
        return new Alert(
                rule.name(),
                rule.timing().enabled(),
                state,
                value,
                rule.threshold(),
                rule.unit(),
                rule.timing().pendingFor(),
                rule.timing().keepFiringFor(),
                since,
                evaluatedAt,
                summary);
    }

    /** @return what there is to tell: that it fires now, or does not any more */
    Optional<AlertChanged> take(Reading reading, Instant now) {
        State before = state;
        evaluatedAt = now;
        summary = reading.summary();
        value = reading instanceof Measured measured && !Double.isNaN(measured.value()) ? measured.value() : null;
        if (reading instanceof Elsewhere) {
            enter(State.INACTIVE, now);
        } else if (!(reading instanceof Unknown)) {
            mindTheClock(now);
            if (value != null && value > rule.threshold()) {
                tooGreat(now);
            } else {
                good(now);
            }
        }
        return (state == State.FIRING) == (before == State.FIRING)
                ? Optional.empty()
                : Optional.of(new AlertChanged(alert(), before, reading instanceof Elsewhere));
    }

    private void tooGreat(Instant now) {
        calmSince = null;
        if (state == State.INACTIVE) {
            enter(State.PENDING, now);
        }
        if (state == State.PENDING && isOver(rule.timing().pendingFor(), since, now)) {
            enter(State.FIRING, now);
        }
    }

    private void good(Instant now) {
        if (state == State.FIRING) {
            if (calmSince == null) {
                calmSince = now;
            }
            if (!isOver(rule.timing().keepFiringFor(), calmSince, now)) {
                return;
            }
        }
        enter(State.INACTIVE, now);
    }

    private void enter(State next, Instant now) {
        calmSince = null;
        if (state != next) {
            state = next;
            since = now;
        }
    }

    private static boolean isOver(Duration time, Instant from, Instant now) {
        return Duration.between(from, now).compareTo(time) >= 0;
    }

    /** After the clock was set back, times that lie ahead would hold everything up until it is there again. */
    private void mindTheClock(Instant now) {
        if (since.isAfter(now)) {
            since = now;
        }
        if (calmSince != null && calmSince.isAfter(now)) {
            calmSince = now;
        }
    }
}
