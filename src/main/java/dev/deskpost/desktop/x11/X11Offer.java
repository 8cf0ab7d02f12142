package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.ClipboardContent;
import dev.deskpost.desktop.GuardedClipboard.Fetch;
import dev.deskpost.desktop.GuardedClipboard.Offer;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.x11.ReadHabits.Habit;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** One content for one program: what the delivery waits for and what the clipboard's thread tells it. */
final class X11Offer implements Offer {

    /** What an offer wants of the clipboard that made it. */
    interface Clipboard {

        void closed(X11Offer offer);

        /** @return whether nobody had read it and nobody ever will */
        boolean revoke(X11Offer offer);

        /** @return whether what its target has copied still lies on the clipboard */
        boolean isCopyThere(X11Offer offer);
    }

    private final ClipboardContent content;
    private final Target target;
    private final Set<Integer> selections;
    private final Clipboard clipboard;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean pasteExpected;
    private boolean copyExpected;
    private int reads;
    private Habit habit = Habit.NOT_KNOWN;
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

    /** How the target's program reads for one paste. */
    void expectHabit(Habit known) {
        change(() -> habit = known);
    }

    @Override
    public void expectPaste() {
        change(() -> {
            pasteExpected = true;
            reads = 0;
        });
    }

    @Override
    public void expectCopy() {
        change(() -> copyExpected = true);
    }

    @Override
    public Fetch awaitFetch(Duration limit) {
        await(limit, () -> reads > 0 || copied || taken);
        // The rest of its readings comes at once or not at all, whatever is left of the limit.
        boolean interrupted = !awaitRest();
        lock.lock();
        try {
            if (taken || copied) {
                return taken ? Fetch.TAKEN : Fetch.COPIED;
            }
            if (reads == 0 || interrupted) {
                return Fetch.NOT_FETCHED;
            }
            return reads >= habit.reads() ? Fetch.FETCHED : Fetch.FETCHED_IN_PART;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it has been read as often as usual, or for long enough no more. */
    private boolean awaitRest() {
        for (Duration left = untilQuiet(); left.toNanos() > 0; left = untilQuiet()) {
            int before = reads();
            if (!await(left, () -> reads != before || copied || taken)) {
                return false;
            }
        }
        return true;
    }

    /** How long the target's program may still be in the middle of its paste; zero if it has done with it or not begun. */
    Duration untilQuiet() {
        lock.lock();
        try {
            boolean done = habit.reads() > 0 && reads >= habit.reads();
            if (reads == 0 || done || taken || copied) {
                return Duration.ZERO;
            }
            long now = System.nanoTime();
            // A program that never stops to read is not waited for.
            long rest = ReadHabits.LONGEST.toNanos() - (now - firstReadAt);
            return Duration.ofNanos(Math.min(rest, habit.quiet().toNanos() - (now - lastReadAt)));
        } finally {
            lock.unlock();
        }
    }

    int reads() {
        lock.lock();
        try {
            return reads;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean awaitCopied(Duration limit) {
        return await(limit, () -> copied || taken) && get(() -> copied && !taken);
    }

    @Override
    public boolean isCopyThere() {
        return get(() -> copied && !taken) && clipboard.isCopyThere(this);
    }

    @Override
    public boolean staysFor(Duration time) {
        await(time, () -> taken || copied);
        return get(() -> !taken && !copied);
    }

    @Override
    public boolean revoke() {
        return clipboard.revoke(this);
    }

    @Override
    public void close() {
        clipboard.closed(this);
    }

    /** As of {@link System#nanoTime}. */
    OptionalLong lastReadAt() {
        lock.lock();
        try {
            return reads == 0 ? OptionalLong.empty() : OptionalLong.of(lastReadAt);
        } finally {
            lock.unlock();
        }
    }

    boolean isUnread() {
        return get(() -> reads == 0);
    }

    boolean isRevoked() {
        return get(() -> revoked);
    }

    /** From the first to the last reading. */
    Duration spread() {
        lock.lock();
        try {
            return Duration.ofNanos(lastReadAt - firstReadAt);
        } finally {
            lock.unlock();
        }
    }

    /** The target's program has got the content. */
    void markFetched() {
        change(() -> {
            lastReadAt = System.nanoTime();
            firstReadAt = reads == 0 ? lastReadAt : firstReadAt;
            reads += pasteExpected ? 1 : 0;
        });
    }

    /** The target's program owns the clipboard. */
    void markCopied() {
        change(() -> {
            copied = true;
            copyExpected = false;
        });
    }

    /** Whether our keys may make the target's program copy something. */
    boolean expectsCopy() {
        return get(() -> copyExpected);
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
