package dev.deskpost.monitoring.notify;

import dev.deskpost.monitoring.notify.NotificationProperties.Notifications;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** How long to wait after a try: twice as long each time, somewhat at random, and at least as long as the receiver asks. */
final class Backoff {

    private static final int MOST_DOUBLINGS = 30;

    private final Notifications settings;
    private final DoubleSupplier random;

    /** @param random from 0 to 1 */
    Backoff(Notifications settings, DoubleSupplier random) {
        this.settings = settings;
        this.random = random;
    }

    /**
     * @param tries how many there were, at least 1
     * @param asked how long the receiver asked to wait, which is made no shorter, but never more than the longest pause
     */
    Duration after(int tries, Optional<Duration> asked) {
        double doubled = settings.firstDelay().toMillis() * Math.pow(2, Math.min(tries - 1, MOST_DOUBLINGS));
        double longest = settings.maxDelay().toMillis();
        double swing = 1 + settings.jitter() * (2 * random.getAsDouble() - 1);
        double wait = Math.min(doubled, longest) * swing;
        double least = Math.min((double) asked.orElse(Duration.ZERO).toMillis(), longest);
        return Duration.ofMillis(Math.round(Math.max(wait, least)));
    }
}
