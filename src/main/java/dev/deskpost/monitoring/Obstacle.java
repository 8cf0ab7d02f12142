package dev.deskpost.monitoring;

import dev.deskpost.delivery.Processor;
import dev.deskpost.desktop.DesktopStatus;
import java.util.Locale;
import java.util.Optional;

/** What keeps due messages waiting: the closed set of what the reasons for people say at length. */
enum Obstacle {
    /** The executor has not begun, or has ended. */
    STOPPED,
    /** A person has paused the station, or the pointer was moved into a corner of the screen. */
    PAUSED,
    /** Another process is this station, or delivers to this desktop. */
    STANDBY,
    DESKTOP_UNAVAILABLE,
    /** Somebody uses the desktop. */
    DESKTOP_IN_USE;

    /** The first that would have to go. */
    static Optional<Obstacle> of(Processor processor, DesktopStatus desktop) {
        return switch (processor.state()) {
            case STOPPED -> Optional.of(STOPPED);
            case PAUSED -> Optional.of(PAUSED);
            case STANDBY -> Optional.of(STANDBY);
            case RUNNING -> {
                if (!desktop.available()) {
                    yield Optional.of(DESKTOP_UNAVAILABLE);
                }
                yield processor.waitsFor().map(words -> DESKTOP_IN_USE);
            }
        };
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
