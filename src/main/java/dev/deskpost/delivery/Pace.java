package dev.deskpost.delivery;

import java.time.Duration;

/** The pause that the station makes after each message that it has submitted, whoever got it. Used by one thread. */
final class Pace {

    private final Duration interval;
    private long nextAt = System.nanoTime();

    Pace(Duration interval) {
        this.interval = interval;
    }

    void submitted() {
        nextAt = System.nanoTime() + interval.toNanos();
    }

    /** How long the pause still lasts; zero if it is over. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nextAt - System.nanoTime()));
    }
}
