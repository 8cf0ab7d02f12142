package dev.deskpost.delivery;

import dev.deskpost.delivery.AdaptiveTimeouts.Wait;
import dev.deskpost.desktop.Desktop;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Carries what the waits have learned over restarts: read at the start, written from time to time and at the end. What is
 * lost with a killed process is measured anew.
 */
@Component
class RememberTimings {

    private static final Logger log = LoggerFactory.getLogger(RememberTimings.class);

    private final AdaptiveTimeouts timeouts;
    private final MeasuredWaits measured;
    private final String desktop;

    RememberTimings(AdaptiveTimeouts timeouts, MeasuredWaits measured, Desktop desktop) {
        this.timeouts = timeouts;
        this.measured = measured;
        this.desktop = nameOf(desktop);
    }

    /** Stations that share a database have displays of the same name, on different hosts. */
    private static String nameOf(Desktop desktop) {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "";
        }
        return host + desktop.status().display();
    }

    @PostConstruct
    void read() {
        measured.of(desktop).forEach((wait, text) -> {
            try {
                timeouts.remember(wait, text);
            } catch (IllegalArgumentException e) {
                log.warn(
                        "What was measured of {} on {} cannot be read ({}); it is measured anew",
                        wait.key(),
                        desktop,
                        e.getMessage());
            }
        });
    }

    @Scheduled(
            fixedDelayString = "${deskpost.delivery.timings.keep-interval:1m}",
            initialDelayString = "${deskpost.delivery.timings.keep-interval:1m}",
            scheduler = "deliveryExecutor")
    @PreDestroy
    void write() {
        Map<Wait, String> news = new EnumMap<>(Wait.class);
        for (Wait wait : Wait.values()) {
            timeouts.takeNews(wait).ifPresent(text -> news.put(wait, text));
        }
        if (!news.isEmpty()) {
            measured.keep(desktop, news);
        }
    }
}
