package dev.deskpost.desktop.x11;

import java.time.Duration;

/** When keys were pressed last. Used by the holder of the desktop. */
final class LastKeys {

    private long nanos = System.nanoTime() - Duration.ofDays(1).toNanos();

    void pressedNow() {
        nanos = System.nanoTime();
    }

    /** How much of that time has not passed yet since the keys. */
    long nanosLeft(Duration time) {
        return nanos + time.toNanos() - System.nanoTime();
    }
}
