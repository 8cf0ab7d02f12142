package dev.deskpost.dashboard;

import dev.deskpost.delivery.Processor;
import dev.deskpost.desktop.DesktopLook;
import dev.deskpost.desktop.DesktopStatus;
import dev.deskpost.message.Messages;
import dev.deskpost.message.Messages.Figures;
import dev.deskpost.monitoring.RecentDeliveries;
import dev.deskpost.monitoring.RecentDeliveries.Counts;
import dev.deskpost.monitoring.alert.Alert;
import dev.deskpost.monitoring.alert.Alerts;
import dev.deskpost.station.StationLease;
import dev.deskpost.station.StationMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether messages flow, at a glance. */
@Component
class Overview {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Messages messages;
    private final Processor processor;
    private final StationMode mode;
    private final StationLease lease;
    private final DesktopLook desktop;
    private final RecentDeliveries recent;
    private final Alerts alerts;
    private final Clock clock;

    Overview(
            Messages messages,
            Processor processor,
            StationMode mode,
            StationLease lease,
            DesktopLook desktop,
            RecentDeliveries recent,
            Alerts alerts,
            Clock clock) {
        this.messages = messages;
        this.processor = processor;
        this.mode = mode;
        this.lease = lease;
        this.desktop = desktop;
        this.recent = recent;
        this.alerts = alerts;
        this.clock = clock;
    }

    /**
     * @param reason why messages wait although they could go
     * @param current the message on its way; null if there is none
     * @param span over which the counts of the last hour go: they begin anew with the process
     * @param success share of the last hour's messages that were delivered; null if there were none
     * @param retries share of the last hour's attempts that were not the first; null if there were none
     */
    record View(
            String station,
            Figures figures,
            Processor.State state,
            boolean draining,
            @Nullable String reason,
            @Nullable Instant startedAt,
            @Nullable Instant lastActivityAt,
            Processor.@Nullable Current current,
            DesktopStatus desktop,
            String span,
            Counts lastHour,
            @Nullable Double success,
            @Nullable Double retries,
            List<Alert> alerts) {

        /** Messages may not be flowing, and somebody should look. */
        public boolean isTroubled() {
            return alerts.stream().anyMatch(alert -> alert.state() == Alert.State.FIRING);
        }

        public boolean isPausable() {
            return state == Processor.State.RUNNING || state == Processor.State.STANDBY;
        }

        public boolean isResumable() {
            return state == Processor.State.PAUSED || draining;
        }
    }

    private String span(@Nullable Instant startedAt) {
        boolean young = startedAt == null || startedAt.isAfter(clock.instant().minus(HOUR));
        return young ? "since the start" : "last hour";
    }

    View now() {
        Counts lastHour = recent.within(HOUR);
        return new View(
                lease.station(),
                messages.figures(),
                processor.state(),
                mode.isDraining(),
                processor.reason().orElse(null),
                processor.startedAt(),
                processor.lastActivityAt(),
                processor.current().orElse(null),
                desktop.latest(),
                span(processor.startedAt()),
                lastHour,
                lastHour.ended() == 0 ? null : lastHour.successRate(),
                lastHour.attempts() == 0 ? null : lastHour.retryRate(),
                alerts.all());
    }
}
