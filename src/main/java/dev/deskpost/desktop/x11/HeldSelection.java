package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.ClipboardContent;
import dev.deskpost.desktop.x11.wire.XServer;
import java.util.List;
import java.util.function.Supplier;

/**
 * One selection of the server, such as {@code CLIPBOARD}: whether it is ours, and what lay on it before, to be put back.
 */
final class HeldSelection {

    private static final ClipboardContent NOTHING = new ClipboardContent(List.of());

    private final XServer server;
    private final int atom;
    private final int window;

    private boolean ours;
    private int since;
    private ClipboardContent before = NOTHING;

    /** It was taken for something else since what lay there before was put back. */
    private boolean toPutBack;

    /** Who took it because we pressed the copy keys there; what lay on the clipboard before is still to be put back. */
    private int copier = XServer.NONE;

    /** @param window what it is owned with */
    HeldSelection(XServer server, int atom, int window) {
        this.server = server;
        this.atom = atom;
        this.window = window;
    }

    int window() {
        return window;
    }

    boolean isOurs() {
        return ours;
    }

    /** The server's time at which it became ours. */
    int since() {
        return since;
    }

    /** What somebody else had put there before we took it. */
    ClipboardContent before() {
        return before;
    }

    /**
     * Takes it over.
     *
     * @param content reads what lies there now
     * @return whether it is ours
     */
    boolean take(int time, Supplier<ClipboardContent> content) {
        int owner = server.selections().owner(atom);
        if (owner != window && (copier == XServer.NONE || owner != copier)) {
            before = owner == XServer.NONE ? NOTHING : content.get();
        }
        toPutBack = true;
        server.selections().setOwner(window, atom, time);
        return owned(time);
    }

    /**
     * Somebody else owns it now.
     *
     * @param because the owner if that was our doing, else 0
     */
    void lost(int because) {
        ours = false;
        copier = because;
        if (because == XServer.NONE) {
            before = NOTHING;
        }
    }

    /** Who took it because of our copy keys and still has it; 0 if nobody. */
    int copier() {
        return copier != XServer.NONE && server.selections().owner(atom) == copier ? copier : XServer.NONE;
    }

    /**
     * Owns it anew for what lay there before, so that whoever watches it comes to know: only if it was taken since the last
     * time, for to them it is a new copy. In one step with the look whether it is still to be had, so that nothing is taken
     * from a person who copies in that moment.
     */
    void putBack(int time) {
        if (!toPutBack) {
            return;
        }
        toPutBack = false;
        server.grab();
        try {
            if (server.selections().owner(atom) == window || copier() != XServer.NONE) {
                server.selections().setOwner(window, atom, time);
                owned(time);
            }
        } finally {
            if (server.isOpen()) {
                server.ungrab();
                server.flush();
            }
        }
    }

    /** Gives it up if nothing is to be served with it. */
    void releaseIfEmpty() {
        if (ours && before.formats().isEmpty()) {
            release();
        }
    }

    void release() {
        if (ours) {
            server.selections().setOwner(XServer.NONE, atom, since);
            ours = false;
        }
    }

    private boolean owned(int time) {
        ours = server.selections().owner(atom) == window;
        since = time;
        copier = XServer.NONE;
        return ours;
    }
}
