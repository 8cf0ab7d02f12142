package dev.deskpost.delivery;

import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.ClipboardContent;
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
    private final Target target;
    private final Recipient recipient;
    private final DeliveryProperties limits;
    private final Race race;

    InputBox(DesktopSession desktop, Target target, Recipient recipient, DeliveryProperties limits, Race race) {
        this.desktop = desktop;
        this.target = target;
        this.recipient = recipient;
        this.limits = limits;
        this.race = race;
    }

    Target target() {
        return target;
    }

    /** Clicks into it where the recipient says it is. Held as well where the recipient says nothing. */
    Verdict click() {
        Optional<Bounds> bounds = desktop.windows().bounds(target);
        if (bounds.isEmpty()) {
            return Verdict.GONE;
        }
        Optional<Point> point =
                recipient.inputPoint(bounds.get(), desktop.windows().screen());
        return point.map(input -> race.win(
                        () -> desktop.input().click(target, input, limits.focusLimit()),
                        () -> desktop.windows().hit(target, input, limits.focusLimit())))
                .orElse(Verdict.HELD);
    }

    Verdict press(List<KeyChord> keys) {
        return race.win(() -> desktop.input().press(target, keys), this::focus);
    }

    /** The same, and only while the clipboard is ours. */
    Verdict pressWhileOffered(List<KeyChord> keys) {
        return race.win(() -> desktop.input().pressWhileOffered(target, keys), this::focus);
    }

    /** Presses the paste keys, and others before them in the same step. */
    Verdict paste(Offer offer, List<KeyChord> before) {
        List<KeyChord> keys =
                Stream.concat(before.stream(), Stream.of(recipient.pasteKeys())).toList();
        return race.win(
                () -> {
                    offer.expectPaste();
                    return desktop.input().press(target, keys);
                },
                this::focus);
    }

    /**
     * Makes the window's program copy all that stands in the box, and reads it. What it copies when nothing stands there is
     * nothing: then this takes until the limit.
     */
    Optional<ClipboardContent> readBack(Offer offer) {
        if (press(recipient.box().copy()) != Verdict.HELD || !offer.awaitCopied(limits.fetchLimit())) {
            return Optional.empty();
        }
        Optional<ClipboardContent> content = desktop.clipboard().read(limits.fetchLimit());
        return press(recipient.box().unselect()) == Verdict.HELD ? content : Optional.empty();
    }

    private Verdict focus() {
        return desktop.windows().focus(target, limits.focusLimit());
    }
}
