package dev.deskpost.monitoring;

import dev.deskpost.delivery.Processor;
import dev.deskpost.desktop.DesktopLook;
import dev.deskpost.station.Mode;
import dev.deskpost.station.StationLease;
import dev.deskpost.station.StationMode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether the executor lives and delivers, and what keeps it from that. */
@Component
class StationMetrics implements MeterBinder {

    private final Processor processor;
    private final StationMode mode;
    private final StationLease lease;
    private final DesktopLook desktop;
    private final Clock clock;

    StationMetrics(Processor processor, StationMode mode, StationLease lease, DesktopLook desktop, Clock clock) {
        this.processor = processor;
        this.mode = mode;
        this.lease = lease;
        this.desktop = desktop;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Processor.State state : Processor.State.values()) {
            Metric.PROCESSOR_STATE.gauge(registry, processor, it -> oneIf(it.state() == state), word(state));
        }
        Metric.PROCESSOR_HEARTBEAT_AGE.time(registry, processor, it -> since(it.lastActivityAt()));
        Metric.PROCESSOR_UPTIME.time(registry, processor, it -> since(it.startedAt()));
        for (Mode one : Mode.values()) {
            Metric.STATION_MODE.gauge(registry, mode, it -> oneIf(it.mode() == one), word(one));
        }
        Metric.STATION_HELD.gauge(registry, lease, it -> oneIf(it.isHeld()));
        Metric.DESKTOP_AVAILABLE.gauge(
                registry, desktop, it -> oneIf(it.latest().available()));
        for (Obstacle obstacle : Obstacle.values()) {
            Metric.DELIVERY_WAITS.gauge(registry, this, it -> oneIf(it.waitsFor(obstacle)), obstacle.key());
        }
    }

    private boolean waitsFor(Obstacle obstacle) {
        return Obstacle.of(processor, desktop.latest()).filter(obstacle::equals).isPresent();
    }

    private @Nullable Duration since(@Nullable Instant then) {
        return then == null ? null : Duration.between(then, clock.instant());
    }

    private static double oneIf(boolean condition) {
        return condition ? 1 : 0;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
