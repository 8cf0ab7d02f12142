package dev.deskpost.monitoring;

import dev.deskpost.delivery.AdaptiveTimeouts;
import dev.deskpost.delivery.AdaptiveTimeouts.Wait;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/**
 * How long the waits of a delivery take and may take, how many were met and how many missed. The percentile counts what
 * earlier processes have measured, too, and is not a number while nothing was.
 */
@Component
class WaitMetrics implements MeterBinder {

    private final AdaptiveTimeouts timeouts;

    WaitMetrics(AdaptiveTimeouts timeouts) {
        this.timeouts = timeouts;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Wait wait : Wait.values()) {
            String key = wait.key();
            Metric.WAIT.timer(
                    registry,
                    timeouts,
                    all -> all.figures(wait).met(),
                    all -> all.figures(wait).waited(),
                    key);
            Metric.WAIT_MISSED.counter(
                    registry, timeouts, all -> all.figures(wait).missed(), key);
            Metric.WAIT_P95.time(registry, timeouts, all -> all.timing(wait).p95(), key);
            Metric.WAIT_LIMIT.time(registry, timeouts, all -> all.limit(wait), key);
        }
    }
}
