package dev.deskpost.delivery;

import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.desktop.Presence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Decides whether the person at the desk lets messages be typed: deferred rather than forced, and given up after a limit.
 * The pointer in a corner of the screen pauses the station.
 */
@Component
class DeskWatch {

    private static final Logger log = LoggerFactory.getLogger(DeskWatch.class);

    /** Longer is only between two looks when the machine slept, or its clock was set: nobody used the desktop meanwhile. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

    private final DesktopHold hold;
    private final PauseSwitch pause;
    private final Processor processor;
    private final DeliveryProperties properties;
    private final Clock clock;
    private @Nullable Instant seenInUse;
    private Duration inUse = Duration.ZERO;

    DeskWatch(DesktopHold hold, PauseSwitch pause, Processor processor, DeliveryProperties properties, Clock clock) {
        this.processor = processor;
        this.hold = hold;
        this.pause = pause;
        this.properties = properties;
        this.clock = clock;
    }

    /** What may be done with the next message. */
    enum Permission {
        /** It may be typed. */
        GRANTED,
        /** Not now: somebody uses the desktop. */
        DEFERRED,
        /** Not until somebody says so: the station is paused. */
        PAUSED,
        /** Not now: another holder has the desktop. */
        BUSY,
        /** It has failed: somebody has used the desktop for too long. */
        GIVEN_UP
    }

    /** Takes the desktop if it is not held, and waits for a while until nobody uses it. */
    Permission ask() {
        Duration patience = hold.isHeld() ? Duration.ZERO : properties.desktopRetry();
        Optional<Presence.Use> found = hold.awaitFree(patience);
        if (found.isEmpty()) {
            return Permission.BUSY;
        }
        if (found.get() == Presence.Use.CORNER) {
            pause.pause(found.get().words());
            return Permission.PAUSED;
        }
        if (found.get() == Presence.Use.FREE) {
            processor.waitsFor(null);
            return Permission.GRANTED;
        }
        return inUse(found.get().words());
    }

    /** An attempt was broken off because of a person. */
    void interrupted() {
        Permission unused = inUse("somebody used the desktop during a delivery");
    }

    /** An attempt has ended, and not because of a person; or nothing waits any more. */
    void wasFree() {
        seenInUse = null;
        inUse = Duration.ZERO;
        processor.waitsFor(null);
    }

    NotSent givenUp() {
        return new NotSent(
                FailureCode.DESKTOP_NOT_FREED,
                "for more than " + properties.presenceLimit() + " the desktop could not be used: "
                        + processor.waitsFor().orElse("somebody uses it"));
    }

    private Permission inUse(String words) {
        Instant now = clock.instant();
        if (processor.waitsFor().isEmpty()) {
            log.info("Messages wait, because {}", words);
        }
        processor.waitsFor(words);
        Duration since = seenInUse == null ? Duration.ZERO : Duration.between(seenInUse, now);
        if (!since.isNegative() && since.compareTo(BETWEEN_LOOKS) <= 0) {
            inUse = inUse.plus(since);
        }
        seenInUse = now;
        return inUse.compareTo(properties.presenceLimit()) < 0 ? Permission.DEFERRED : Permission.GIVEN_UP;
    }
}
