package dev.deskpost.desktop.x11.wire;

import java.util.Optional;
import java.util.OptionalInt;

/** Tells of each time that somebody takes a selection, its owner included (XFIXES extension 1.0, SelectSelectionInput). */
public final class XFixes {

    private static final String NAME = "XFIXES";
    private static final int QUERY_VERSION = 0;
    private static final int SELECT_SELECTION_INPUT = 2;
    private static final int SET_SELECTION_OWNER = 1;

    private final XServer server;
    private final OptionalInt opcode;
    private final OptionalInt firstEvent;

    /**
     * A selection was taken.
     *
     * @param owner the window that it is owned with; 0 if it was given up
     */
    public record Taken(int owner, int selection) {}

    public XFixes(XServer server) {
        this.server = server;
        this.opcode = server.extension(NAME);
        this.firstEvent = server.firstEvent(NAME);
    }

    /** Whether the server has the extension; every one since 2004 has. */
    public boolean isThere() {
        return opcode.isPresent();
    }

    /** From now on this connection is told of it, if the server has the extension. */
    public void watch(int window, int selection) {
        opcode.ifPresent(code -> {
            // Nothing else is answered before
            server.call(Request.of(code, QUERY_VERSION).card32(1).card32(0));
            server.send(Request.of(code, SELECT_SELECTION_INPUT)
                    .card32(window)
                    .card32(selection)
                    .card32(SET_SELECTION_OWNER));
        });
    }

    /** What an event tells of it; empty if it is any other event. */
    public Optional<Taken> taken(XEvent event) {
        return event instanceof XEvent.OfExtension it && firstEvent.isPresent() && it.type() == firstEvent.getAsInt()
                ? Optional.of(new Taken(it.second(), it.third()))
                : Optional.empty();
    }
}
