package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.Pointer;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.x11.wire.XServer;
import dev.deskpost.desktop.x11.wire.XServer.PointerState;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Where focus and pointer were when a session began to move them, and where it left them. They are put back only if they
 * still are where it left them: what a person has moved since stays as it is.
 *
 * <p>A click says where a person wants the focus, keys do not: whoever is typing when the focus is taken from under their
 * fingers goes on for some letters, and means the window that they had.
 */
final class Surroundings {

    private final XServer server;
    private final WindowReader reader;
    private final Pointer pointer;
    private final X11Presence presence;
    private final LongPredicate hasReadSince;

    private int focusedBefore = XServer.NONE;
    private int focusedByUs = XServer.NONE;

    /** Windows that have had the focus from us, and may not have come to read that yet. */
    private final Set<Integer> unaware = new HashSet<>();

    private long focusMovedAt = System.nanoTime();
    private @Nullable Point pointerBefore;
    private @Nullable Point pointerByUs;

    /** @param hasReadSince whether our target has read the clipboard since then, as of {@link System#nanoTime} */
    Surroundings(
            XServer server, WindowReader reader, Pointer pointer, X11Presence presence, LongPredicate hasReadSince) {
        this.server = server;
        this.reader = reader;
        this.pointer = pointer;
        this.presence = presence;
        this.hasReadSince = hasReadSince;
    }

    /** The focus is about to be moved to the target. */
    void focusMovesTo(Target target) {
        noteWhetherRead();
        int window = (int) target.id().value();
        int now = reader.activeWindow();
        if (focusedByUs == XServer.NONE || presence.hasClickedSince(focusMovedAt)) {
            focusedBefore = now == window ? XServer.NONE : now;
        }
        focusedByUs = window;
        focusMovedAt = System.nanoTime();
    }

    /** Moves the pointer, and remembers from where. */
    void movePointer(Point to) {
        if (pointerByUs == null) {
            pointerBefore = pointer();
        }
        presence.whileMovingPointer(() -> pointer.moveTo(to), to);
        pointerByUs = to;
    }

    void putBack(X11Windows windows, Duration focusLimit) {
        noteWhetherRead();
        if (focusedBefore != XServer.NONE
                && focusedBefore != focusedByUs
                && isLeftWhereWePutIt()
                && !presence.hasClickedSince(focusMovedAt)) {
            windows.putBackFocus(focusedBefore, unaware.isEmpty() ? null : this::isTakenAgain, focusLimit);
        }
        Point before = pointerBefore;
        if (before != null && pointer().equals(pointerByUs)) {
            presence.whileMovingPointer(() -> pointer.moveTo(before), before);
        }
        forget();
    }

    /** Who has pasted has come to read before that who has the focus. */
    private void noteWhetherRead() {
        if (focusedByUs == XServer.NONE) {
            return;
        }
        if (hasReadSince.test(focusMovedAt)) {
            unaware.remove(focusedByUs);
        } else {
            unaware.add(focusedByUs);
        }
    }

    private boolean isTakenAgain(int active) {
        return unaware.contains(active) && !presence.hasClickedSince(focusMovedAt);
    }

    /**
     * None is active for a moment while a program hands the focus to a child of its window: nobody has chosen that. But
     * on another workspace it may be what a person wants.
     */
    private boolean isLeftWhereWePutIt() {
        int active = reader.activeWindow();
        return active == focusedByUs
                || unaware.contains(active)
                || (active == XServer.NONE
                        && reader.hiddenWorkspace(focusedByUs).isEmpty());
    }

    void forget() {
        focusedBefore = XServer.NONE;
        focusedByUs = XServer.NONE;
        unaware.clear();
        pointerBefore = null;
        pointerByUs = null;
    }

    private Point pointer() {
        PointerState state = server.pointer();
        return new Point(state.x(), state.y());
    }
}
