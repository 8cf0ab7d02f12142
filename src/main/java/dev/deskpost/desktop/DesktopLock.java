package dev.deskpost.desktop;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The global lock of one desktop: whoever holds it is the only one in this process that types. Fair, so that waiting
 * holders get it in the order in which they asked.
 */
public final class DesktopLock {

    private final ReentrantLock lock = new ReentrantLock(true);

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
            return lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public boolean isAwaited() {
        return lock.hasQueuedThreads();
    }

    public void release() {
        lock.unlock();
    }
}
