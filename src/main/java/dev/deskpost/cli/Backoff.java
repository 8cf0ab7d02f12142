package dev.deskpost.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The growing pauses before another try: each twice as long as the one before, up to a limit, and a part of it at random, so
 * that many who lost the same service do not come back at once. Ctrl-C ends them with the process.
 */
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final CountDownLatch never = new CountDownLatch(1);
    private Duration first = FIRST;
    private Duration next = FIRST;

    /** It worked: the next pause is short again. */
    void reset() {
        next = first;
    }

    /** What the service asks for. */
    void startWith(Duration time) {
        Duration bounded = time.compareTo(LONGEST) > 0 ? LONGEST : time.compareTo(FIRST) < 0 ? FIRST : time;
        first = bounded;
        next = bounded;
    }

    /** Half to all of the next pause, which is spent with it. */
    Duration take() {
        long millis = next.toMillis();
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }

    /** @param atMost not longer than this */
    void pause(Duration atMost) {
        Duration time = take();
        long millis = Math.min(time.toMillis(), atMost.toMillis());
        try {
            if (never.await(millis, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts it down");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GivenUp(ExitCodes.UNREACHABLE, "interrupted");
        }
    }

    void pause() {
        pause(LONGEST);
    }
}
