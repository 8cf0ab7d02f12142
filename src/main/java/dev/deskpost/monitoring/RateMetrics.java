package dev.deskpost.monitoring;

import dev.deskpost.monitoring.RecentDeliveries.Counts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Shares of what this process delivered lately, for those who cannot take them from the counters. Not a number without. */
@Component
class RateMetrics implements MeterBinder {

    private final RecentDeliveries deliveries;
    private final Duration window;

    RateMetrics(RecentDeliveries deliveries, MonitoringProperties properties) {
        this.deliveries = deliveries;
        this.window = properties.rateWindow();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Metric.SUCCESS_RATE.gauge(registry, this, it -> it.counts().successRate());
        Metric.FAILURE_RATE.gauge(registry, this, it -> it.counts().failureRate());
        Metric.RETRY_RATE.gauge(registry, this, it -> it.counts().retryRate());
    }

    private Counts counts() {
        return deliveries.within(window);
    }
}
