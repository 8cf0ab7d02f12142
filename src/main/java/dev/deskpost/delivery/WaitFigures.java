package dev.deskpost.delivery;

import java.time.Duration;

/**
 * How often this process has waited for one thing, since it started. Waits that were broken off for another reason do not
 * count.
 *
 * @param met how often it came
 * @param waited how long these waits took together
 * @param missed how often the time was up before
 */
public record WaitFigures(long met, Duration waited, long missed) {

    static final WaitFigures NONE = new WaitFigures(0, Duration.ZERO, 0);

    WaitFigures met(Duration took) {
        return new WaitFigures(met + 1, waited.plus(took), missed);
    }

    WaitFigures miss() {
        return new WaitFigures(met, waited, missed + 1);
    }
}
