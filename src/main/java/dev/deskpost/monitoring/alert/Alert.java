package dev.deskpost.monitoring.alert;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One rule and where it stands. What {@code /actuator/alerts} shows: names and words are used by other programs.
 *
 * @param rule its name, such as {@code failure-rate}
 * @param enabled one that is switched off stays {@code INACTIVE}
 * @param value what was measured last, in {@code unit}; null if nothing could be
 * @param threshold a greater value is too much
 * @param pendingFor how long the value must have been too great before the alert fires
 * @param keepFiringFor how long it must have been good again before the alert is resolved
 * @param since when it came into this state; of an {@code INACTIVE} one that never fired, when the service started
 * @param evaluatedAt when the rule was looked at last; null before the first time
 * @param summary for people: one sentence without a full stop
 */
public record Alert(
        String rule,
        boolean enabled,
        State state,
        @Nullable Double value,
        double threshold,
        Unit unit,
        @JsonProperty("for") Duration pendingFor,
        Duration keepFiringFor,
        Instant since,
        @Nullable Instant evaluatedAt,
        String summary) {

    /** The states of Prometheus' alerts. */
    public enum State {
        /** All is well. */
        INACTIVE,
        /** The value is too great, but not for long enough. */
        PENDING,
        /** It was too great for long enough, and has not been good for long enough since. */
        FIRING
    }

    /** What values and thresholds are counted in. */
    public enum Unit {
        /** From 0 to 1. */
        RATIO,
        SECONDS,
        MESSAGES,
        /** 1 if it is so, 0 if not. */
        BOOLEAN;

        /** As it is shown. */
        @Override
        @JsonValue
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
