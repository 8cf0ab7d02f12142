package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.DesktopTaken;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.Input;
import dev.deskpost.desktop.Pointer;
import dev.deskpost.desktop.Presence;
import dev.deskpost.desktop.Windows;
import dev.deskpost.desktop.x11.wire.XServer;
import dev.deskpost.desktop.x11.wire.XTest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is kept open to one X server between deliveries: a connection for windows and keys, one for the clipboard, and the
 * pointer, and as long the claim to the display. Used by the holder of the desktop's lock. When the server goes, or somebody
 * takes the claim, the link is dead and a new one is made.
 */
final class X11Link implements AutoCloseable {

    private final XServer server;
    private final DisplayClaim claim;
    private final WindowReader reader;
    private final X11Clipboard clipboard;
    private final Pointer pointer;
    private final X11Presence presence;
    private final Surroundings surroundings;
    private final X11Windows windows;
    private final Input input;
    private final X11Settings settings;

    private X11Link(XServer server, DisplayClaim claim, X11Clipboard clipboard, Pointer pointer, X11Settings settings) {
        Atoms atoms = new Atoms(server);
        this.server = server;
        this.claim = claim;
        this.reader = new WindowReader(server, atoms);
        this.clipboard = clipboard;
        this.pointer = pointer;
        Guard guard = new Guard(server, reader);
        XTest keys = new XTest(server);
        keys.ignoreGrabs();
        Settling settling = new Settling(server, settings.settle());
        int clockWindow = server.createInputOnlyWindow(XServer.PROPERTY_CHANGE);
        ServerClock clock = new ServerClock(server, atoms, clockWindow, settings.replyLimit());
        this.settings = settings;
        this.presence = new X11Presence(server, clock, () -> List.of(guard.screen()));
        this.surroundings = new Surroundings(server, reader, pointer, presence);
        this.windows = new X11Windows(server, atoms, reader, guard, clock, settings, settling, surroundings);
        int selection = atoms.get("CLIPBOARD");
        this.input = new X11Input(
                server,
                keys,
                guard,
                presence,
                surroundings,
                settling,
                () -> server.selectionOwner(selection) == clipboard.window(),
                settings.lookAgain());
    }

    /** @throws DesktopTaken if another program delivers to this display; nothing is open then */
    static X11Link open(
            X11Settings settings, DisplayClaim claim, Supplier<XServer> connect, Supplier<Pointer> pointers) {
        Deque<Runnable> undo = new ArrayDeque<>();
        try {
            XServer server = connect.get();
            undo.push(server::close);
            XServer own = connect.get();
            undo.push(own::close);
            // The clipboard's connection is the one on which somebody answers at any time.
            claim.take(own, settings.replyLimit());
            undo.push(() -> claim.release(server));
            Atoms atoms = new Atoms(own);
            X11Clipboard clipboard = new X11Clipboard(
                    own,
                    atoms,
                    new WindowReader(own, atoms),
                    settings.clipboardLinger(),
                    settings.replyLimit(),
                    settings.clipboardRead());
            undo.push(clipboard::close);
            Pointer pointer = pointers.get();
            undo.push(pointer::close);
            return new X11Link(server, claim, clipboard, pointer, settings);
        } catch (RuntimeException e) {
            undo.forEach(Runnable::run);
            throw e;
        }
    }

    /** @throws DesktopUnavailable if the window manager is gone, which would make every focus request vanish */
    void requireWindowManager() {
        if (reader.windowManager().isEmpty()) {
            throw new DesktopUnavailable(X11Desktop.NO_WINDOW_MANAGER);
        }
    }

    void beginSession() {
        surroundings.forget();
        presence.begin();
    }

    /** Puts focus, pointer and clipboard back. */
    void endSession() {
        if (!isAlive()) {
            return;
        }
        surroundings.putBack(windows, settings.putBackLimit());
        clipboard.putBack();
        presence.end();
    }

    boolean isAlive() {
        return server.isOpen() && clipboard.isAlive() && pointer.isAlive() && claim.isHeld(server);
    }

    Windows windows() {
        return windows;
    }

    Input input() {
        return input;
    }

    Presence presence() {
        return presence;
    }

    X11Clipboard clipboard() {
        return clipboard;
    }

    @Override
    public void close() {
        clipboard.close();
        pointer.close();
        // Last of all: from now on another may type.
        claim.release(server);
        server.close();
    }
}
