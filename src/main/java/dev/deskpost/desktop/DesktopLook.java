package dev.deskpost.desktop;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The status of the desktop as it was when it was looked at last. An X server that hangs lets a look wait for many seconds, and
 * nobody who asks here: after a while it is said that the desktop does not answer.
 */
@Component
public class DesktopLook {

    /** Far more than a look takes on a machine that is busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Desktop desktop;
    private final Clock clock;
    private volatile Seen seen;
    /** When the look began that is under way; null if none is. */
    private volatile @Nullable Instant lookingSince;

    private record Seen(DesktopStatus status, Instant at) {}

    public DesktopLook(Desktop desktop, Clock clock) {
        this.desktop = desktop;
        this.clock = clock;
        this.seen = new Seen(desktop.status(), clock.instant());
    }

    /** Looks, for as long as it takes. One at a time: whoever looks regularly. */
    public void refresh() {
        lookingSince = clock.instant();
        try {
            seen = new Seen(desktop.status(), clock.instant());
        } finally {
            lookingSince = null;
        }
    }

    /** At once. One that has let the last look wait for too long is unavailable. */
    public DesktopStatus latest() {
        Instant since = lookingSince;
        Seen last = seen;
        return since != null && Duration.between(since, clock.instant()).compareTo(PATIENCE) > 0
                ? DesktopStatus.unavailable(
                        last.status().kind(),
                        last.status().display(),
                        "the desktop has not answered since " + last.at().truncatedTo(ChronoUnit.SECONDS))
                : last.status();
    }

    /** When it was looked at last, and answered. */
    public Instant answeredAt() {
        return seen.at();
    }
}
