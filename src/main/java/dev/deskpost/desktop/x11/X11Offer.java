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

        /** @return whether nobody has pasted it and nobody ever will */
        boolean revoke(X11Offer offer);

        /** Nobody is in the middle of a paste of it any more. */
        void settled(X11Offer offer);

        /** @return whether what its target has copied still lies on the clipboard */
        boolean isCopyThere(X11Offer offer);
    }

    private static final int MAYBE_AGAIN = 2;

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
    private int copies;
    private boolean taken;
    private boolean settled;
    private boolean nothingCopied;
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
        lock.lock();
        try {
            if (taken || copied) {
                return taken ? Fetch.TAKEN : Fetch.COPIED;
            }
            if (reads == 0) {
                return Fetch.NOT_FETCHED;
            }
            return habit.readsOnce() ? Fetch.FETCHED : Fetch.READ;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean awaitQuiet() {
        for (Duration left = untilQuiet(); left.toNanos() > 0; left = untilQuiet()) {
            int before = reads();
            if (!await(left, () -> reads != before || copied || taken)) {
                return false;
            }
        }
        return isReadAsUsual() && get(() -> !copied && !taken);
    }

    @Override
    public boolean isReadAsUsual() {
        return get(() -> reads >= habit.reads());
    }

    /** How long the target's program may still be in the middle of its paste; zero if it has done with it or not begun. */
    Duration untilQuiet() {
        lock.lock();
        try {
            if (reads == 0 || habit.readsOnce() || settled || taken || copied) {
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
        boolean waited = await(limit, () -> copied || taken);
        change(() -> nothingCopied = waited && !copied);
        return waited && get(() -> copied && !taken);
    }

    @Override
    public boolean awaitCopiedAgain(Duration limit) {
        return await(limit, () -> copies >= MAYBE_AGAIN || taken) && get(() -> copies >= MAYBE_AGAIN);
    }

    @Override
    public boolean hasCopied() {
        return get(() -> copies > 0);
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
    public void settled() {
        change(() -> settled = true);
        clipboard.settled(this);
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

    /**
     * Whether nobody has pasted it: nobody has read it, or only ahead of a paste for which the program found what it had
     * copied itself.
     */
    boolean isUnused() {
        return get(() -> reads == 0 || (copied && !habit.readsOnce()));
    }

    /**
     * Whether it was pasted, and not only read before the program found what it had copied itself, or by a program that makes
     * nothing of it, so that nothing could be copied afterwards.
     */
    boolean isPaste() {
        return get(() -> reads > 0 && !taken && (settled || !(copied || nothingCopied)));
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

    /**
     * The target's program owns the clipboard.
     *
     * @param counted whether its copies are counted one by one
     */
    void markCopied(boolean counted) {
        change(() -> {
            copied = true;
            copyExpected = false;
            copies += counted ? 0 : MAYBE_AGAIN;
        });
    }

    /** The target's program has put something on the clipboard. */
    void countCopy() {
        change(() -> copies++);
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
