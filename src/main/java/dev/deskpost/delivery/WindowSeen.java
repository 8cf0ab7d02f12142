package dev.deskpost.delivery;

import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.Point;

/**
 * Where a recipient's window was when a message was last delivered into it.
 *
 * @param bounds the window's client area on the screen
 * @param input the input point, from the corner of that area
 */
record WindowSeen(Bounds bounds, Point input) {

    /** @param onScreen the input point on the screen */
    static WindowSeen of(Bounds bounds, Point onScreen) {
        return new WindowSeen(bounds, new Point(onScreen.x() - bounds.x(), onScreen.y() - bounds.y()));
    }

    /** Where the input point was on the screen. */
    Point onScreen() {
        return new Point(bounds.x() + input.x(), bounds.y() + input.y());
    }
}
