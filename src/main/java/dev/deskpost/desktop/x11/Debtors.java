package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.x11.wire.XProtocolError;
import dev.deskpost.desktop.x11.wire.XServer;

/**
 * The program that has copied something and did not hand it over in time. It still will: the question stays in its queue,
 * behind the keys that were pressed before, so its answer says that it has done with those. Until then it is busy, and its
 * paste keys would put whatever they find in the place of what it has copied: they must find nothing.
 */
final class Debtor {

    private final XServer server;
    private final Programs programs;
    private int window = XServer.NONE;

    Debtor(XServer server, Programs programs) {
        this.server = server;
        this.programs = programs;
    }

    /** @param owner the window that owns what it has copied */
    void owes(int owner) {
        window = owner;
    }

    void answers() {
        window = XServer.NONE;
    }

    boolean isAsking(int requestor) {
        return window != XServer.NONE && server.sameClient(window, requestor);
    }

    boolean isOf(Target target) {
        return window != XServer.NONE && isThere() && programs.isOf(window, target);
    }

    /** Nobody answers for a window that is gone. */
    private boolean isThere() {
        try {
            return server.geometry(window).width() > 0;
        } catch (XProtocolError gone) {
            window = XServer.NONE;
            return false;
        }
    }
}
