package dev.deskpost.delivery;

import dev.deskpost.delivery.AdaptiveTimeouts.Ending;
import dev.deskpost.delivery.AdaptiveTimeouts.Wait;
import dev.deskpost.desktop.ClipboardContent;
import dev.deskpost.desktop.GuardedClipboard;
import dev.deskpost.desktop.GuardedClipboard.Fetch;
import dev.deskpost.desktop.GuardedClipboard.Offer;
import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings contents into one input box by way of the clipboard, one after the other. */
final class Pasting implements AutoCloseable {

    private final InputBox box;
    private final GuardedClipboard clipboard;
    private final AdaptiveTimeouts timeouts;
    private final KeyChord pasteKeys;
    private final ClipboardFigures figures;
    private @Nullable Offer offer;

    Pasting(
            InputBox box,
            GuardedClipboard clipboard,
            AdaptiveTimeouts timeouts,
            ClipboardFigures figures,
            KeyChord pasteKeys) {
        this.figures = figures;
        this.box = box;
        this.clipboard = clipboard;
        this.timeouts = timeouts;
        this.pasteKeys = pasteKeys;
    }

    /** Puts a content on the clipboard, in the place of the one before. */
    void offer(ClipboardContent content) {
        close();
        figures.offered(offer != null);
        offer = clipboard.offer(content, box.target(), pasteKeys);
    }

    /** Presses the paste keys, and others before them in the same step. */
    Verdict press(List<KeyChord> before) {
        return box.paste(offer(), before);
    }

    Fetch awaitFetch() {
        return timeouts.measure(Wait.FETCH, offer()::awaitFetch, fetch -> switch (fetch) {
            case FETCHED, READ -> Ending.MET;
            case NOT_FETCHED -> Ending.MISSED;
            case COPIED, TAKEN -> Ending.BROKEN_OFF;
        });
    }

    /** @return false if the clipboard was taken meanwhile */
    boolean staysFor(Duration time) {
        return offer().staysFor(time);
    }

    /** Refuses everybody from now on. @return whether nobody has read the content and nobody ever will */
    boolean revoke() {
        return offer().revoke();
    }

    /** Whether the box certainly holds nothing of a person's; to be asked once, before anything is pasted. */
    boolean isBoxKnownEmpty() {
        return box.isKnownEmpty();
    }

    /**
     * What the target's program has copied. If it is slow to hand that over, it is given more time the next time.
     *
     * @return empty if it did not hand it over, or if another program took the clipboard
     */
    Optional<ClipboardContent> copied() {
        return timeouts.measure(
                Wait.FETCH,
                clipboard::read,
                content -> content.isEmpty() && isCopyThere() ? Ending.MISSED : Ending.BROKEN_OFF);
    }

    /** Whether the target's program has copied anything of its own, whoever has it now. */
    boolean hasCopied() {
        return offer().hasCopied();
    }

    /** Whether what the target's program has copied still lies on the clipboard. */
    boolean isCopyThere() {
        return offer().isCopyThere();
    }

    /** Whether this content is in the box now that it was fetched, as far as one can know. */
    boolean isInBox(ClipboardContent content, Fetch fetch) {
        if (fetch != Fetch.READ) {
            return fetch.isRead();
        }
        if (copy() != Verdict.HELD) {
            return false;
        }
        Optional<ClipboardContent> found = foreign();
        if (found.isEmpty()) {
            return awaitQuiet();
        }
        boolean same = hasCopied() && content.isSameTextAs(found.get());
        if (same) {
            settled();
        }
        return same;
    }

    /** Whether the target's program has not answered since it did not hand over what it has copied. */
    boolean isAnswerOwed() {
        return clipboard.owesAnswer(box.target());
    }

    /** What another program has put on the clipboard. */
    Optional<ClipboardContent> foreign() {
        return clipboard.read(timeouts.limit(Wait.FETCH));
    }

    /** Copies what stands in the box. @return the keys' verdict */
    Verdict copy() {
        return box.copy(offer());
    }

    /** Waits until the program has copied something. */
    boolean isCopied() {
        return offer().awaitCopied(timeouts.limit(Wait.FETCH));
    }

    /** Whether another program has taken the clipboard. */
    boolean isTaken() {
        return !offer().staysFor(Duration.ZERO) && !isCopyThere();
    }

    /** Whether the program has read as often as it does for a paste. */
    boolean isReadAsUsual() {
        return offer().isReadAsUsual();
    }

    /** Waits until the program has copied at least twice. @return false if it certainly did not */
    boolean isCopiedAgain() {
        return offer().awaitCopiedAgain(timeouts.limit(Wait.FETCH));
    }

    /** Waits until the program reads no more. @return whether it has read as often as it does for a paste */
    boolean awaitQuiet() {
        return offer().awaitQuiet();
    }

    /** The program has worked off its paste keys. */
    void settled() {
        offer().settled();
    }

    private Offer offer() {
        if (offer == null) {
            throw new IllegalStateException("nothing was offered yet");
        }
        return offer;
    }

    @Override
    public void close() {
        if (offer != null) {
            offer.close();
        }
    }
}
