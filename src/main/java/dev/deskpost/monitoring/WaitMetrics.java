package dev.deskpost.monitoring;

import dev.deskpost.delivery.AdaptiveTimeouts;
import dev.deskpost.delivery.AdaptiveTimeouts.Wait;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How long the steps of a delivery take and may take: {@code deskpost.wait.p95} (not a number while nothing was measured)
 * and {@code deskpost.wait.limit}, in seconds, by {@code wait}.
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
            TimeGauge.builder(
                            "deskpost.wait.p95",
                            timeouts,
                            TimeUnit.NANOSECONDS,
                            all -> nanos(all.timing(wait).p95()))
                    .tag("wait", wait.key())
                    .description("What 95 of 100 waits took at most")
                    .register(registry);
            TimeGauge.builder("deskpost.wait.limit", timeouts, TimeUnit.NANOSECONDS, all -> nanos(all.limit(wait)))
                    .tag("wait", wait.key())
                    .description("How long the next wait may take")
                    .register(registry);
        }
    }

    private static double nanos(@Nullable Duration time) {
        return time == null ? Double.NaN : time.toNanos();
    }
}
