package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.ClipboardContent;
import dev.deskpost.desktop.GuardedClipboard.Fetch;
import dev.deskpost.desktop.GuardedClipboard.Offer;
import dev.deskpost.desktop.Target;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One content for one program: what the delivery waits for and what the clipboard's thread tells it. */
final class X11Offer implements Offer {

    /** What an offer wants of the clipboard that made it. */
    interface Clipboard {

        void closed(X11Offer offer);

        /** @return whether nobody had read it and nobody ever will */
        boolean revoke(X11Offer offer);
    }

    private final ClipboardContent content;
    private final Target target;
    private final Set<Integer> selections;
    private final Clipboard clipboard;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean pasteExpected;
    private boolean fetched;
    private boolean copied;
    private boolean taken;
    private boolean revoked;
    private long firstReadAt;
    private long lastReadAt;

    X11Offer(ClipboardContent content, Target target, Set<Integer> selections, Clipboard clipboard) {
        this.content = content;
        this.target = target;
        this.selections = Set.copyOf(selections);
        this.clipboard = clipboard;
    }

    ClipboardContent content() {
        return content;
    }

    Target target() {
        return target;
    }

    /** The selections that carry it, as atoms. */
    Set<Integer> selections() {
        return selections;
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
        boolean interrupted = !await(limit, () -> fetched || copied || taken);
        lock.lock();
        try {
            if (interrupted) {
                return Fetch.NOT_FETCHED;
            }
            // Taken after the fetch is no harm to this paste, but then the next read would get something else.
            return taken ? Fetch.TAKEN : copied ? Fetch.COPIED : fetched ? Fetch.FETCHED : Fetch.NOT_FETCHED;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean awaitCopied(Duration limit) {
        return await(limit, () -> copied || taken) && get(() -> copied && !taken);
    }

    @Override
    public boolean taken() {
        return get(() -> taken || copied);
    }

    @Override
    public boolean staysFor(Duration time) {
        await(time, () -> taken || copied);
        return !taken();
    }

    @Override
    public boolean revoke() {
        return clipboard.revoke(this);
    }

    @Override
    public void close() {
        clipboard.closed(this);
    }

    boolean isUnread() {
        return get(() -> !fetched);
    }

    boolean isRevoked() {
        return get(() -> revoked);
    }

    /** From the first to the last read, or null if nobody has read it. */
    @Nullable
    Duration spread() {
        lock.lock();
        try {
            return firstReadAt == 0 ? null : Duration.ofNanos(lastReadAt - firstReadAt);
        } finally {
            lock.unlock();
        }
    }

    /** How long ago the last read was; of an unread one for ever. */
    Duration sinceLastRead() {
        lock.lock();
        try {
            return firstReadAt == 0 ? Duration.ofDays(1) : Duration.ofNanos(System.nanoTime() - lastReadAt);
        } finally {
            lock.unlock();
        }
    }

    /** The target's program has got the content. */
    void markFetched() {
        change(() -> {
            fetched |= pasteExpected;
            lastReadAt = System.nanoTime();
            firstReadAt = firstReadAt == 0 ? lastReadAt : firstReadAt;
        });
    }

    /** The target's program owns the clipboard. */
    void markCopied() {
        change(() -> copied = true);
    }

    /** Another program owns the clipboard. */
    void markTaken() {
        change(() -> taken = true);
    }

    void markRevoked() {
        change(() -> revoked = true);
    }

    /** @return false if the thread was interrupted; its flag stays set */
    private boolean await(Duration limit, BooleanSupplier condition) {
        lock.lock();
        try {
            long nanos = limit.toNanos();
            while (!condition.getAsBoolean() && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean get(BooleanSupplier what) {
        lock.lock();
        try {
            return what.getAsBoolean();
        } finally {
            lock.unlock();
        }
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
