package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.GuardedClipboard.Fetch;
import dev.deskpost.desktop.GuardedClipboard.Offer;
import dev.deskpost.desktop.Target;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** One text for one program: what the delivery waits for and what the clipboard's thread tells it. */
final class X11Offer implements Offer {

    private final byte[] utf8;
    private final Target target;
    private final BooleanSupplier whenRevoked;
    private final Runnable whenClosed;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean pasteExpected;
    private boolean fetched;
    private boolean taken;

    X11Offer(String text, Target target, Predicate<X11Offer> whenRevoked, Runnable whenClosed) {
        this.utf8 = text.getBytes(StandardCharsets.UTF_8);
        this.target = target;
        this.whenRevoked = () -> whenRevoked.test(this);
        this.whenClosed = whenClosed;
    }

    byte[] utf8() {
        return utf8;
    }

    Target target() {
        return target;
    }

    @Override
    public void expectPaste() {
        change(() -> {
            pasteExpected = true;
            fetched = false;
        });
    }

    @Override
    public Fetch awaitFetch(Duration limit) {
        lock.lock();
        try {
            long nanos = limit.toNanos();
            while (!fetched && !taken && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            // Taken after the fetch is no harm to this paste, but then the next read would get something else.
            return taken ? Fetch.TAKEN : fetched ? Fetch.FETCHED : Fetch.NOT_FETCHED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Fetch.NOT_FETCHED;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean taken() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean staysFor(Duration time) {
        lock.lock();
        try {
            long nanos = time.toNanos();
            while (!taken && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return !taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !taken;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean revoke() {
        return whenRevoked.getAsBoolean();
    }

    boolean isUnread() {
        lock.lock();
        try {
            return !fetched;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        whenClosed.run();
    }

    /** The target's program has got the text. */
    void markFetched() {
        change(() -> fetched |= pasteExpected);
    }

    /** Another program owns the clipboard. */
    void markTaken() {
        change(() -> taken = true);
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
