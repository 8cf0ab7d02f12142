package dev.deskpost.event;

import dev.deskpost.delivery.Processor;
import dev.deskpost.desktop.DesktopLook;
import dev.deskpost.desktop.DesktopStatus;
import dev.deskpost.station.StationChanged;
import dev.deskpost.station.StationMode;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Tells when processor, station or desktop are in another state; looked for, because not all of it is announced. */
@Component
class StationNews {

    private final EventLog log;
    private final Processor processor;
    private final StationMode mode;
    private final DesktopLook desktop;
    private final Clock clock;
    private @Nullable Map<String, @Nullable Object> told;

    StationNews(EventLog log, Processor processor, StationMode mode, DesktopLook desktop, Clock clock) {
        this.log = log;
        this.processor = processor;
        this.mode = mode;
        this.desktop = desktop;
        this.clock = clock;
    }

    @EventListener(StationChanged.class)
    @Scheduled(
            fixedDelayString = "${deskpost.events.look-interval:1s}",
            initialDelayString = "0s",
            scheduler = "eventExecutor")
    synchronized void look() {
        Map<String, @Nullable Object> now = now();
        if (!now.equals(told)) {
            told = now;
            Map<String, @Nullable Object> data = new LinkedHashMap<>();
            data.put("at", clock.instant());
            data.putAll(now);
            log.add(new Event(Event.Type.STATION, null, data));
        }
    }

    private Map<String, @Nullable Object> now() {
        DesktopStatus status = desktop.latest();
        Map<String, @Nullable Object> now = new LinkedHashMap<>();
        now.put("processor", processor.state());
        now.put("draining", mode.isDraining());
        now.put("reason", processor.reason().orElse(null));
        now.put("desktopAvailable", status.available());
        now.put("desktopReason", status.reason());
        return now;
    }
}
