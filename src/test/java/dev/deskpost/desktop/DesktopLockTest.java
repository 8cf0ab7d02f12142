package dev.deskpost.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is measured at the lock. How it locks stands in {@link DesktopContract}. */
class DesktopLockTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final DesktopLock lock = new DesktopLock();

    private CompletableFuture<Boolean> acquireElsewhere(Duration patience) {
        return CompletableFuture.supplyAsync(() -> {
            boolean taken = lock.acquire(patience);
            if (taken) {
                lock.release();
            }
            return taken;
        });
    }

    @Test
    void a_free_lock_costs_no_wait() {
        assertThat(lock.acquire(LIMIT)).isTrue();
        lock.release();
        assertThat(lock.figures()).isEqualTo(new LockFigures(1, 0, 0, 0, Duration.ZERO, Duration.ZERO));
    }

    @Test
    void who_waits_is_counted_at_once_and_his_wait_when_it_has_ended() throws Exception {
        lock.acquire(LIMIT);
        long begin = System.nanoTime();
        CompletableFuture<Boolean> other = acquireElsewhere(LIMIT);
        await().atMost(LIMIT).until(() -> lock.figures().waiting() == 1);
        assertThat(lock.figures().contended()).isEqualTo(1);
        assertThat(lock.figures().totalWait()).isZero();
        lock.release();
        assertThat(other.get(10, TimeUnit.SECONDS)).isTrue();
        Duration atMost = Duration.ofNanos(System.nanoTime() - begin);

        LockFigures figures = lock.figures();
        assertThat(figures.acquisitions()).isEqualTo(2);
        assertThat(figures.contended()).isEqualTo(1);
        assertThat(figures.waiting()).isZero();
        assertThat(figures.timeouts()).isZero();
        assertThat(figures.totalWait()).isPositive().isLessThanOrEqualTo(atMost);
        assertThat(figures.longestWait()).isEqualTo(figures.totalWait());
    }

    @Test
    void who_gives_up_is_counted_as_a_timeout_and_has_waited_too() throws Exception {
        lock.acquire(LIMIT);
        Duration patience = Duration.ofMillis(20);
        assertThat(acquireElsewhere(patience).get(10, TimeUnit.SECONDS)).isFalse();
        assertThat(acquireElsewhere(patience).get(10, TimeUnit.SECONDS)).isFalse();

        LockFigures figures = lock.figures();
        assertThat(figures.acquisitions()).isEqualTo(1);
        assertThat(figures.contended()).isEqualTo(2);
        assertThat(figures.timeouts()).isEqualTo(2);
        assertThat(figures.waiting()).isZero();
        assertThat(figures.totalWait()).isGreaterThanOrEqualTo(patience.multipliedBy(2));
        assertThat(figures.longestWait())
                .isBetween(patience, figures.totalWait().minus(patience));
    }

    @Test
    void who_was_interrupted_has_waited_and_was_no_timeout() throws Exception {
        lock.acquire(LIMIT);
        Thread waiting = new Thread(() -> lock.acquire(LIMIT));
        waiting.start();
        await().atMost(LIMIT).until(() -> lock.figures().waiting() == 1);
        waiting.interrupt();
        waiting.join(LIMIT.toMillis());

        LockFigures figures = lock.figures();
        assertThat(figures.contended()).isEqualTo(1);
        assertThat(figures.timeouts()).isZero();
        assertThat(figures.waiting()).isZero();
        assertThat(figures.totalWait()).isPositive();
    }
}
