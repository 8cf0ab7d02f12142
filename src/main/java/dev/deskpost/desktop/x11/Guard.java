package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.desktop.Window;
import dev.deskpost.desktop.WindowId;
import dev.deskpost.desktop.x11.wire.XProtocolError;
import dev.deskpost.desktop.x11.wire.XServer;
import dev.deskpost.desktop.x11.wire.XServer.Translation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * Judges whether a step may be done to a target. What it says is true for the moment of asking; inside a server grab it
 * stays true until the grab ends.
 */
final class Guard {

    /** Windows are nested a few levels deep; a tree deeper than this is somebody's joke. */
    private static final int MAX_DEPTH = 64;

    private final XServer server;
    private final WindowReader reader;

    Guard(XServer server, WindowReader reader) {
        this.server = server;
        this.reader = reader;
    }

    /** The target is what it was, the active window, and has the input focus. */
    Verdict focus(Target target) {
        return identity(target, now -> hasFocus(now) ? Verdict.HELD : Verdict.FOCUS_ELSEWHERE);
    }

    /** The target is what it was, and what a click at the point would reach. */
    Verdict hit(Target target, Point point) {
        return identity(target, now -> hit(now, point));
    }

    /** The same, and the window is where the point was worked out for. */
    Verdict hit(Target target, Bounds where, Point point) {
        return identity(target, now -> now.bounds().equals(where) ? hit(now, point) : Verdict.MOVED);
    }

    private Verdict hit(Window now, Point point) {
        if (!now.bounds().contains(point)) {
            return Verdict.OUTSIDE;
        }
        return isTopmost(now, point) ? Verdict.HELD : Verdict.COVERED;
    }

    Bounds screen() {
        XServer.Geometry root = server.geometry(server.root());
        return new Bounds(0, 0, root.width(), root.height());
    }

    private interface Condition {
        Verdict judge(Window now);
    }

    private Verdict identity(Target target, Condition condition) {
        Optional<Window> now = reader.read(target.id());
        if (now.isEmpty()) {
            return Verdict.GONE;
        }
        if (!target.isStill(now.get())) {
            return Verdict.CHANGED;
        }
        try {
            return condition.judge(now.get());
        } catch (XProtocolError e) {
            if (e.isWindowGone()) {
                // A window on the way vanished while we looked: whatever it was, the answer is not a yes.
                return Verdict.FOCUS_ELSEWHERE;
            }
            throw e;
        }
    }

    /** The window manager's view and the server's must agree; they change one after the other. */
    private boolean hasFocus(Window window) {
        int id = (int) window.id().value();
        return window.active() && reader.activeWindow() == id && isInside(server.inputFocus(), id);
    }

    /** Toolkits put the focus on a child of the top-level window (ICCCM 4.1.7), so ancestors count. */
    private boolean isInside(int window, int ancestor) {
        int current = window;
        for (int depth = 0; depth < MAX_DEPTH && current > 1; depth++) {
            if (current == ancestor) {
                return true;
            }
            current = server.queryTree(current).parent();
        }
        return false;
    }

    /** What a click at the point would reach: the managed window there, or empty for a frame, a menu or the root. */
    Optional<Window> at(Point point) {
        try {
            OptionalInt managed = walkTo(point, reader.clients()::contains);
            return managed.isPresent() ? read(managed.getAsInt()) : Optional.empty();
        } catch (XProtocolError e) {
            if (e.isWindowGone()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Where keys go at this moment, see {@link dev.deskpost.desktop.Windows#focused}. */
    Optional<Window> focused() {
        try {
            List<Integer> managed = reader.clients();
            int belowRoot = XServer.NONE;
            int current = server.inputFocus();
            for (int depth = 0; depth < MAX_DEPTH && current > 1 && current != server.root(); depth++) {
                if (managed.contains(current)) {
                    return read(current);
                }
                belowRoot = current;
                current = server.queryTree(current).parent();
            }
            return belowRoot == XServer.NONE ? Optional.empty() : read(belowRoot);
        } catch (XProtocolError e) {
            if (e.isWindowGone()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Optional<Window> read(int window) {
        return reader.read(new WindowId(Integer.toUnsignedLong(window)));
    }

    private boolean isTopmost(Window window, Point point) {
        int id = (int) window.id().value();
        return walkTo(point, current -> current == id).isPresent();
    }

    /** Walks from the root to the topmost window at the point, as far as the first one that is wanted. */
    private OptionalInt walkTo(Point point, IntPredicate wanted) {
        int current = server.root();
        for (int depth = 0; depth < MAX_DEPTH; depth++) {
            Translation at = server.translate(server.root(), current, point.x(), point.y());
            if (at.child() == XServer.NONE) {
                return OptionalInt.empty();
            }
            if (wanted.test(at.child())) {
                return OptionalInt.of(at.child());
            }
            current = at.child();
        }
        return OptionalInt.empty();
    }
}
