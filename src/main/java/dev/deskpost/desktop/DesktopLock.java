package dev.deskpost.desktop;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The global lock of one desktop: whoever holds it is the only one in this process that types. Fair, so that waiting
 * holders get it in the order in which they asked. Waits are measured.
 */
public final class DesktopLock {

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Object measuring = new Object();
    private long acquisitions;
    private long contended;
    private long timeouts;
    private int waiting;
    private long totalWaitNanos;
    private long longestWaitNanos;

    /**
     * Waits for the lock.
     *
     * @return false if it was not free in time, or if the thread was interrupted; then its flag stays set
     * @throws IllegalStateException if this thread holds it already: a second session inside the first is a bug
     */
    public boolean acquire(Duration patience) {
        if (lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("this thread holds the desktop already");
        }
        try {
            // Without a time tryLock would push in before those who wait.
            boolean taken = lock.tryLock(0, TimeUnit.NANOSECONDS) || await(patience.toNanos());
            synchronized (measuring) {
                acquisitions += taken ? 1 : 0;
                timeouts += taken ? 0 : 1;
            }
            return taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public boolean isAwaited() {
        return lock.hasQueuedThreads();
    }

    private boolean await(long patience) throws InterruptedException {
        long start = System.nanoTime();
        synchronized (measuring) {
            contended++;
            waiting++;
        }
        try {
            return lock.tryLock(patience, TimeUnit.NANOSECONDS);
        } finally {
            long waited = System.nanoTime() - start;
            synchronized (measuring) {
                waiting--;
                totalWaitNanos += waited;
                longestWaitNanos = Math.max(longestWaitNanos, waited);
            }
        }
    }

    public void release() {
        lock.unlock();
    }

    public LockFigures figures() {
        synchronized (measuring) {
            return new LockFigures(
                    acquisitions,
                    contended,
                    timeouts,
                    waiting,
                    Duration.ofNanos(totalWaitNanos),
                    Duration.ofNanos(longestWaitNanos));
        }
    }
}
