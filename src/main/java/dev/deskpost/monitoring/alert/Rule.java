package dev.deskpost.monitoring.alert;

import dev.deskpost.monitoring.alert.Alert.Unit;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A value that must not be greater than a threshold.
 *
 * @param name stable: programs and people's notes go by it
 * @param timing when it counts
 * @param read looks at the value, at once; whatever it throws counts as {@link Reading.Unknown}
 */
record Rule(String name, Unit unit, double threshold, Timing timing, Supplier<Reading> read) {

    /**
     * @param pendingFor how long the value must be too great before the alert fires, as in Prometheus
     * @param keepFiringFor how long it must be good again before the alert is resolved
     */
    record Timing(boolean enabled, Duration pendingFor, Duration keepFiringFor) {}

    /** What a duration is as a value. */
    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
