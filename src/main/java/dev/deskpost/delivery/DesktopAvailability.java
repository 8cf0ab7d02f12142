package dev.deskpost.delivery;

import dev.deskpost.desktop.Desktop;
import dev.deskpost.desktop.DesktopStatus;
import dev.deskpost.desktop.DesktopTaken;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.station.StationLease;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Whether there is a desktop to deliver to. Says once what changed. Used by the executor's thread. */
@Component
class DesktopAvailability {

    private static final Logger log = LoggerFactory.getLogger(DesktopAvailability.class);

    private final Desktop desktop;
    private final MeasureDesktop measureDesktop;
    private final StationLease lease;
    private final Processor processor;
    private final DeliveryProperties properties;

    private boolean wasThere;
    private @Nullable String lastReason;

    /** By a clock that only runs forward. */
    private long leftUntil = System.nanoTime();

    /** Why the desktop cannot be used, null if it can, and whether that is because another delivers to it. */
    private record Look(@Nullable String reason, boolean standby) {

        static Look at(DesktopStatus status) {
            return new Look(status.reason(), status.standby());
        }
    }

    DesktopAvailability(
            Desktop desktop,
            MeasureDesktop measureDesktop,
            StationLease lease,
            Processor processor,
            DeliveryProperties properties) {
        this.desktop = desktop;
        this.measureDesktop = measureDesktop;
        this.lease = lease;
        this.processor = processor;
        this.properties = properties;
    }

    boolean isThere() {
        Look look = wasThere ? Look.at(desktop.status()) : open();
        @Nullable String reason = look.reason();
        if (look.standby()) {
            lease.letGo(); // Whoever has the desktop can be the station; this one cannot
            if (lease.isShared()) {
                leftUntil = System.nanoTime() + properties.desktopRetry().toNanos();
            }
            processor.standingBy();
        } else {
            processor.running();
        }
        if (reason == null && !wasThere) {
            log.info("The desktop can be used; messages are delivered");
        } else if (reason != null && !reason.equals(lastReason)) {
            log.warn(
                    "Messages wait, because the desktop cannot be used ({}). Looking again every {}.",
                    reason,
                    properties.desktopRetry());
        }
        wasThere = reason == null;
        lastReason = reason;
        return wasThere;
    }

    /**
     * Another delivers to this desktop, so the station was let go and is not to be taken until it is time for another look.
     * Letting it go wakes all others: two that stand by in this way would wake each other without pause.
     */
    boolean isLeftToAnother() {
        return System.nanoTime() - leftUntil < 0;
    }

    /** Another is the station now: what is known of the desktop may be old when this one is it again. */
    void forget() {
        wasThere = false;
        lastReason = null;
    }

    /** What has to be opened is opened now, and not while the first message waits for it. */
    private Look open() {
        try {
            desktop.acquire(properties.desktopPatience()).ifPresent(session -> {
                try (session) {
                    measureDesktop.run(session);
                }
            });
            return new Look(null, false);
        } catch (DesktopUnavailable e) {
            return new Look(e.reason(), e instanceof DesktopTaken);
        }
    }
}
