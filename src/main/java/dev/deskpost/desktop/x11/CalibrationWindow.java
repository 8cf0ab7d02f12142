package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.WindowId;
import dev.deskpost.desktop.x11.wire.EventMask;
import dev.deskpost.desktop.x11.wire.KnownAtom;
import dev.deskpost.desktop.x11.wire.XEvent;
import dev.deskpost.desktop.x11.wire.XServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A small window of our own that pastes on any key, as a chat window does (ICCCM 2.4, 4.1; EWMH "Application Window
 * Properties").
 */
final class CalibrationWindow implements AutoCloseable {

    private static final int WIDTH = 240;
    private static final int HEIGHT = 80;
    private static final String TITLE = "Deskpost measures this desktop";
    private static final String INSTANCE_AND_CLASS = "deskpost\0Deskpost\0";

    /** {@code WM_HINTS} (ICCCM 4.1.2.4): the flag InputHint, and then that the window manager may give it the focus. */
    private static final int[] TAKES_INPUT = {1, 1, 0, 0, 0, 0, 0, 0, 0};

    private static final int MAX_TEXT_BYTES = 1024;

    private final XServer server;
    private final Atoms atoms;
    private final int window;

    /** @param server a connection for this window alone; closed with it */
    CalibrationWindow(XServer server) {
        this.server = server;
        this.atoms = new Atoms(server);
        this.window = server.createWindow(
                WIDTH, HEIGHT, EventMask.KEY_PRESS | EventMask.STRUCTURE_NOTIFY | EventMask.PROPERTY_CHANGE);
        byte[] title = TITLE.getBytes(StandardCharsets.UTF_8);
        server.properties().set(window, KnownAtom.WM_NAME, KnownAtom.STRING, 8, title);
        server.properties().set(window, atoms.get("_NET_WM_NAME"), atoms.get("UTF8_STRING"), 8, title);
        server.properties()
                .set(
                        window,
                        KnownAtom.WM_CLASS,
                        KnownAtom.STRING,
                        8,
                        INSTANCE_AND_CLASS.getBytes(StandardCharsets.US_ASCII));
        server.properties().set(window, KnownAtom.WM_HINTS, KnownAtom.WM_HINTS, TAKES_INPUT);
        server.properties()
                .set(window, atoms.get("_NET_WM_WINDOW_TYPE"), KnownAtom.ATOM, atoms.get("_NET_WM_WINDOW_TYPE_DIALOG"));
        server.properties()
                .set(
                        window,
                        atoms.get("_NET_WM_STATE"),
                        KnownAtom.ATOM,
                        atoms.get("_NET_WM_STATE_SKIP_TASKBAR"),
                        atoms.get("_NET_WM_STATE_SKIP_PAGER"));
        // The focus is to come when it is asked for, not when the window appears: that is what is measured.
        server.properties().set(window, atoms.get("_NET_WM_USER_TIME"), KnownAtom.CARDINAL, 0);
    }

    WindowId id() {
        return new WindowId(Integer.toUnsignedLong(window));
    }

    /**
     * @param repeat after this time it is asked for again: a window manager that is just starting drops the wish
     * @return whether it was shown in time
     */
    boolean show(Duration limit, Duration repeat) {
        long end = System.nanoTime() + limit.toNanos();
        for (long left = limit.toNanos(); left > 0; left = end - System.nanoTime()) {
            server.mapWindow(window);
            Duration patience = Duration.ofNanos(Math.min(left, repeat.toNanos()));
            if (await(event -> event instanceof XEvent.MapNotify, patience)) {
                return true;
            }
        }
        return false;
    }

    /** Waits for a key, then asks for the text and takes it. @return whether there was one in time */
    boolean fetchOnKey(String selection, Duration limit) {
        int text = atoms.get("_DESKPOST_TEXT");
        Optional<XEvent> key = awaitEvent(event -> event instanceof XEvent.KeyPress, limit);
        if (key.isEmpty()) {
            return false;
        }
        int time = ((XEvent.KeyPress) key.get()).time();
        server.selections().convert(window, atoms.get(selection), atoms.get("UTF8_STRING"), text, time);
        return await(event -> event instanceof XEvent.SelectionNotify answer && answer.property() == text, limit)
                && server.properties().take(window, text, MAX_TEXT_BYTES).value().length > 0;
    }

    /** Returns when the window is gone. */
    @Override
    public void close() {
        try {
            if (server.isOpen()) {
                server.destroyWindow(window);
                server.sync();
            }
        } finally {
            server.close();
        }
    }

    private boolean await(Predicate<XEvent> awaited, Duration limit) {
        return awaitEvent(awaited, limit).isPresent();
    }

    private Optional<XEvent> awaitEvent(Predicate<XEvent> awaited, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        for (long left = limit.toNanos(); left > 0; left = end - System.nanoTime()) {
            Optional<XEvent> event = server.nextEvent(Duration.ofNanos(left));
            if (event.filter(awaited).isPresent()) {
                return event;
            }
        }
        return Optional.empty();
    }
}
