package dev.deskpost.monitoring;

import dev.deskpost.desktop.Desktop;
import dev.deskpost.desktop.DesktopStatus;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The status of the desktop as it was when it was looked at last: every {@code deskpost.monitoring.refresh}. An X server that
 * hangs lets a look wait, and no scrape.
 */
@Component
public class DesktopLook {

    private final Desktop desktop;
    private volatile DesktopStatus latest;

    DesktopLook(Desktop desktop) {
        this.desktop = desktop;
        this.latest = desktop.status();
    }

    @Scheduled(
            fixedDelayString = "${deskpost.monitoring.refresh:5s}",
            initialDelayString = "${deskpost.monitoring.refresh:5s}",
            scheduler = "monitoringExecutor")
    void refresh() {
        latest = desktop.status();
    }

    public DesktopStatus latest() {
        return latest;
    }
}
