package dev.deskpost.monitoring.notify;

import dev.deskpost.monitoring.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What became of notifications since the start, by {@code outcome}. */
@Component
class NotificationMetrics {

    /** The end of a notification for one webhook. */
    enum Outcome {
        /** The receiver has it. */
        SENT,
        /** The receiver does not want it, or may not be sent to. */
        REFUSED,
        /** It was tried as often as it may be. */
        GIVEN_UP,
        /** Too many waited. */
        DROPPED,
        /** The service ended before. */
        UNSENT
    }

    private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);

    /** All of them at once: one that appears with its first event has no rise that anybody could see. */
    NotificationMetrics(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            counters.put(
                    outcome,
                    Metric.ALERT_NOTIFICATIONS.counter(registry, outcome.name().toLowerCase(Locale.ROOT)));
        }
    }

    void count(Outcome outcome) {
        count(outcome, 1);
    }

    void count(Outcome outcome, int many) {
        Counter counter = counters.get(outcome);
        if (counter != null) {
            counter.increment(many);
        }
    }
}
