package dev.deskpost.delivery;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** How long a message waits for its next try. */
final class RetryPolicy {

    private final List<Duration> delays;
    private final double jitter;
    private final RandomGenerator random;

    RetryPolicy(List<Duration> delays, double jitter, RandomGenerator random) {
        this.delays = List.copyOf(delays);
        this.jitter = jitter;
        this.random = random;
    }

    /** @param attempt the try that has just failed, 1 for the first */
    Duration delayAfter(int attempt) {
        Duration delay = delays.get(Math.min(attempt, delays.size()) - 1);
        double factor = 1 + jitter * (2 * random.nextDouble() - 1);
        return Duration.ofNanos(Math.round(delay.toNanos() * factor));
    }
}
