package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.x11.wire.EventMask;
import dev.deskpost.desktop.x11.wire.XProtocolError;
import dev.deskpost.desktop.x11.wire.XServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The programs that have copied something and did not hand it over in time. They still will: the question stays in their
 * queue, behind the keys that were pressed before, so the answer says that they have done with those. Until then they are
 * busy, and their paste keys would put whatever they find in the place of what they have copied: they must find nothing.
 */
final class Debtors {

    private final XServer server;
    private final Programs programs;

    /** The window that owns what was copied, by the time of the question, which its answer carries. */
    private final Map<Integer, Integer> windows = new HashMap<>();

    Debtors(XServer server, Programs programs) {
        this.server = server;
        this.programs = programs;
    }

    /**
     * @param owner the window that owns what its program has copied
     * @param time of the question
     */
    void owes(int owner, int time) {
        windows.put(time, owner);
        // A program that is started anew may get the ids of the one that has ended.
        server.selectEvents(owner, EventMask.STRUCTURE_NOTIFY);
    }

    /** @param time of the question that is answered now */
    void answers(int time) {
        windows.remove(time);
    }

    void forget(int window) {
        windows.values().removeIf(owner -> owner == window);
    }

    boolean isOneAsking(int requestor) {
        return windows.values().stream().anyMatch(owner -> server.sameClient(owner, requestor));
    }

    boolean isOneOf(Target target) {
        List.copyOf(windows.values()).stream().filter(owner -> !isThere(owner)).forEach(this::forget);
        return windows.values().stream().anyMatch(owner -> programs.isOf(owner, target));
    }

    /** Nobody answers for a window that is gone. */
    private boolean isThere(int window) {
        try {
            return server.geometry(window).width() > 0;
        } catch (XProtocolError gone) {
            return false;
        }
    }
}
