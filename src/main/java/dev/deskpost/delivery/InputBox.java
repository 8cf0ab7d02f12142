package dev.deskpost.delivery;

import dev.deskpost.delivery.AdaptiveTimeouts.Wait;
import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.GuardedClipboard.Offer;
import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.recipient.Recipient;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The input box of one recipient's window, and what can be done to it with keys. Every key is pressed in one step with the
 * check that it reaches this window; a focus that was lost meanwhile is won back as long as the attempt's race goes on.
 */
final class InputBox {

    private final DesktopSession desktop;
    private final Approach approach;
    private final Recipient recipient;
    private final AdaptiveTimeouts timeouts;
    private final Race race;
    private final EmptyBoxes emptyBoxes;
    private Optional<WindowSeen> where = Optional.empty();

    InputBox(
            DesktopSession desktop,
            Approach approach,
            Recipient recipient,
            AdaptiveTimeouts timeouts,
            Race race,
            EmptyBoxes emptyBoxes) {
        this.desktop = desktop;
        this.approach = approach;
        this.recipient = recipient;
        this.timeouts = timeouts;
        this.race = race;
        this.emptyBoxes = emptyBoxes;
    }

    Target target() {
        return approach.target();
    }

    /** Whether it certainly holds nothing of a person's. To be asked once, before anything is put into it. */
    boolean isKnownEmpty() {
        return emptyBoxes.take(target(), desktop);
    }

    /** What stood in it was submitted, and it was left so. */
    void leftEmpty() {
        emptyBoxes.leftEmpty(target(), desktop);
    }

    NotSent refused(Verdict verdict) {
        return approach.refused(verdict, FailureCode.FOCUS_LOST);
    }

    /**
     * Clicks into it where the recipient says it is, which is worked out anew when the window has moved meanwhile. Held as
     * well where the recipient says nothing.
     */
    Verdict click() {
        if (recipient.input().isEmpty()) {
            return Verdict.HELD;
        }
        while (true) {
            Optional<WindowSeen> now = approach.here();
            if (now.isEmpty()) {
                return Verdict.GONE;
            }
            if (approach.drift(now.get()).isPresent()) {
                return Verdict.MOVED;
            }
            approach.pin(now.get());
            where = now;
            Verdict verdict = click(now.get());
            if (verdict != Verdict.MOVED || !race.goesOn()) {
                return verdict;
            }
        }
    }

    private Verdict click(WindowSeen where) {
        Point point = where.onScreen();
        return race.win(
                () -> desktop.input().click(target(), where.bounds(), point, timeouts.limit(Wait.ACTIVATE)),
                () -> approach.raise(point));
    }

    /** Where the window and its input point were at the last click; empty if none was made. */
    Optional<WindowSeen> where() {
        return where;
    }

    Verdict press(List<KeyChord> keys) {
        return race.win(() -> desktop.input().press(target(), keys), approach::bringToFront);
    }

    /** The same, and only while the clipboard is ours. */
    Verdict pressWhileOffered(List<KeyChord> keys) {
        return race.win(() -> desktop.input().pressWhileOffered(target(), keys), approach::bringToFront);
    }

    /** Presses the paste keys, and others before them in the same step. */
    Verdict paste(Offer offer, List<KeyChord> before) {
        List<KeyChord> keys =
                Stream.concat(before.stream(), Stream.of(recipient.pasteKeys())).toList();
        return race.win(
                () -> {
                    offer.expectPaste();
                    if (!before.isEmpty() && before.equals(recipient.box().copy())) {
                        offer.expectCopy();
                    }
                    return desktop.input().press(target(), keys);
                },
                approach::bringToFront);
    }

    /**
     * Makes the window's program copy all that stands in the box, and waits until it has. Keys are worked off in their order:
     * then it has done with all that was pressed before. Where nothing stands in the box most copy nothing, and this takes
     * until the limit.
     *
     * @return the keys' verdict; {@link Offer#isCopyThere} tells what came of them
     */
    Verdict copy(Offer offer) {
        offer.expectCopy();
        Verdict verdict = press(Stream.concat(recipient.box().copy().stream(), recipient.box().unselect().stream())
                .toList());
        if (verdict == Verdict.HELD) {
            offer.awaitCopied(timeouts.limit(Wait.FETCH));
        }
        return verdict;
    }
}
