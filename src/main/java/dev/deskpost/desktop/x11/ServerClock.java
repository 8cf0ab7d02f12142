package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.x11.wire.XEvent;
import dev.deskpost.desktop.x11.wire.XServer;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The X server's clock, in milliseconds. ICCCM 2.1 wants selections to be taken with it, and a window manager that gets a
 * wish without it passes on the time of its last event, which the server may find too old to move the focus.
 */
final class ServerClock {

    private final XServer server;
    private final Duration patience;
    private final int window;
    private final int property;

    /** @param window one of ours whose property changes this connection hears of */
    ServerClock(XServer server, Atoms atoms, int window, Duration patience) {
        this.server = server;
        this.patience = patience;
        this.window = window;
        this.property = atoms.get("_DESKPOST_CLOCK");
    }

    /**
     * Shows everybody who watches the root window, as window managers do, an event of now. Not each passes on the time of a
     * wish: xfwm4 takes that of the last event that it has seen, and the server moves no focus by a time before that of the
     * last move. On a desktop on which nothing happens it would refuse each wish after a program has asked for the focus
     * itself.
     */
    void showAll() {
        server.properties().touch(server.root(), property);
    }

    /** @param others gets the events that come meanwhile */
    int now(Consumer<XEvent> others) {
        server.properties().touch(window, property);
        long end = System.nanoTime() + patience.toNanos();
        // Empty also means that another thread has woken this one, which is no reason to give up.
        for (long left = patience.toNanos(); left > 0; left = end - System.nanoTime()) {
            XEvent event = server.nextEvent(Duration.ofNanos(left)).orElse(null);
            if (event instanceof XEvent.PropertyNotify change
                    && change.window() == window
                    && change.atom() == property) {
                return change.time();
            } else if (event != null) {
                others.accept(event);
            }
        }
        throw new DesktopUnavailable("the X server does not tell its time");
    }
}
