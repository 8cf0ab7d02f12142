package dev.deskpost.desktop;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The windows of a desktop, as far as a delivery needs them. To be used by the holder of the session only. */
public interface Windows {

    /** The top-level windows that the window manager manages, bottom to top. */
    List<Window> all();

    /**
     * Brings the window to the front and waits until the window manager's active window and the display server's input
     * focus both are the target.
     *
     * @return {@link Verdict#HELD}, or after the limit why not
     */
    Verdict focus(Target target, Duration limit);

    /** Whether the target is still itself and has the focus at this moment. It may lose it in the next one. */
    Verdict check(Target target);

    /**
     * Waits until the topmost window at the point is the target, which a window manager that has just been asked to
     * raise it may need a moment for.
     */
    Verdict hit(Target target, Point point, Duration limit);

    /** The window's client area now, or empty if the window is gone. */
    Optional<Bounds> bounds(Target target);

    /** The whole screen area. */
    Bounds screen();

    /** The monitors that make up the screen area; none if the display server does not tell. */
    List<Monitor> monitors();

    /** The managed window whose client area is what a click at the point would reach; a window's frame is none. */
    Optional<Window> at(Point point);

    /**
     * The window that keys go to at this moment: the managed one around the input focus, or, where no managed one is around
     * it (a menu, a launcher), the one just below the root. Empty if nothing has the focus.
     */
    Optional<Window> focused();
}
