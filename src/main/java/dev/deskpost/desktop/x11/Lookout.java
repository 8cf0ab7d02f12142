package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.DesktopStatus;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.x11.wire.ConnectionLost;
import dev.deskpost.desktop.x11.wire.XRandR;
import dev.deskpost.desktop.x11.wire.XServer;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a display can be used, without its lock and beside a delivery, over a connection of its own that stays open
 * between the looks. Safe for use by several threads: one looks, and who asked before it began gets the same answer, so
 * that a server that hangs does not gather a crowd.
 */
final class Lookout implements AutoCloseable {

    private static final String XWAYLAND =
            "this is XWayland, and under Wayland Deskpost cannot prove which window has the"
                    + " focus: log in to an X11 session, or point DISPLAY to a virtual display (Xvfb, Xvnc)";

    private final String kind;
    private final @Nullable String display;
    private final Supplier<XServer> connect;
    private final DisplayClaim claim;
    private @Nullable View view;
    private @Nullable DesktopStatus last;
    private long lastBegan;

    /** One connection and what is asked over it. */
    private record View(XServer server, WindowReader reader, ManagerSelection selection) {

        static View of(XServer server) {
            Atoms atoms = new Atoms(server);
            WindowReader reader = new WindowReader(server, atoms);
            return new View(server, reader, new ManagerSelection(server, atoms, reader));
        }
    }

    Lookout(String kind, @Nullable String display, Supplier<XServer> connect, DisplayClaim claim) {
        this.kind = kind;
        this.display = display;
        this.connect = connect;
        this.claim = claim;
    }

    /** As it is now; never older than the question. */
    DesktopStatus status() {
        long asked = System.nanoTime();
        synchronized (this) {
            DesktopStatus known = last;
            if (known != null && lastBegan - asked > 0) {
                return known;
            }
            lastBegan = System.nanoTime();
            DesktopStatus seen = look();
            last = seen;
            return seen;
        }
    }

    @Override
    public synchronized void close() {
        if (view != null) {
            view.server().close();
            view = null;
        }
    }

    private DesktopStatus look() {
        try {
            require();
            return DesktopStatus.available(kind, String.valueOf(display));
        } catch (DesktopUnavailable e) {
            return DesktopStatus.unavailable(kind, display, e);
        }
    }

    private void require() {
        View open = view;
        if (open != null) {
            try {
                require(open);
                return;
            } catch (ConnectionLost e) {
                // The server that we knew is gone; there may be another by now.
                close();
            }
        }
        require(open());
    }

    private void require(View open) {
        forgetEvents(open.server());
        if (open.reader().windowManager().isEmpty()) {
            throw new DesktopUnavailable(X11Desktop.NO_WINDOW_MANAGER);
        }
        int owner = open.selection().owner();
        if (owner != XServer.NONE && !claim.isOurs(owner)) {
            throw open.selection().holder(owner).taken(String.valueOf(display));
        }
    }

    private View open() {
        XServer server = connect.get();
        try {
            if (isXWayland(server)) {
                throw new DesktopUnavailable(XWAYLAND);
            }
            View open = View.of(server);
            view = open;
            return open;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** XWayland says so since 23.1; before that its monitors' names do. */
    private static boolean isXWayland(XServer server) {
        return server.extension("XWAYLAND").isPresent()
                || new XRandR(server).monitorNames().stream().anyMatch(name -> name.startsWith("XWAYLAND"));
    }

    /** A new keyboard layout is told to every client, asked for or not. */
    private static void forgetEvents(XServer server) {
        boolean more = true;
        while (more) {
            more = server.nextEvent(Duration.ZERO).isPresent();
        }
    }
}
