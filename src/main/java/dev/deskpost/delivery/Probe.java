package dev.deskpost.delivery;

import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.Window;
import dev.deskpost.message.Failure;
import java.util.List;
import java.util.Optional;

/**
 * What would happen to a message for a recipient, found out without typing.
 *
 * @param window the one window that matches, as it was after it had come to the front; empty if there is not exactly one
 * @param input where a click would go, on the screen; empty without an input point
 * @param checks what was looked at, in this order; what could not be reached is missing
 * @param failure the first thing that stands in the way, with the code that an attempt would have; empty if nothing does
 */
public record Probe(Optional<Window> window, Optional<Point> input, List<Finding> checks, Optional<Failure> failure) {

    /** What is looked at. */
    public enum Check {
        /** Exactly one window matches. */
        FOUND,
        /** It comes to the front and gets the focus. */
        FOCUSED,
        /** The input point lies in it, and nothing lies over it. */
        HIT,
        /** The keyboard layout has the recipient's keys. */
        KEYS
    }

    /** @param detail for people */
    public record Finding(Check check, boolean ok, String detail) {}

    public Probe {
        checks = List.copyOf(checks);
    }

    public boolean ok() {
        return failure.isEmpty();
    }
}
