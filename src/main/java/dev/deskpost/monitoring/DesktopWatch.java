package dev.deskpost.monitoring;

import dev.deskpost.desktop.DesktopLook;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks at the desktop every {@code deskpost.monitoring.refresh}, whoever asks how often for what was seen. */
@Component
class DesktopWatch {

    private final DesktopLook look;

    DesktopWatch(DesktopLook look) {
        this.look = look;
    }

    @Scheduled(
            fixedDelayString = "${deskpost.monitoring.refresh:5s}",
            initialDelayString = "${deskpost.monitoring.refresh:5s}",
            scheduler = "monitoringExecutor")
    void refresh() {
        look.refresh();
    }
}
