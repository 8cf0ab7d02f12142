package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.Input;
import dev.deskpost.desktop.Pointer;
import dev.deskpost.desktop.Windows;
import dev.deskpost.desktop.x11.wire.XServer;
import dev.deskpost.desktop.x11.wire.XTest;
import java.util.function.Supplier;

/**
 * What is kept open to one X server between deliveries: a connection for windows and keys, one for the clipboard, and the
 * pointer. Used by the holder of the desktop's lock. When the server goes, the link is dead and a new one is made.
 */
final class X11Link implements AutoCloseable {

    private final XServer server;
    private final WindowReader reader;
    private final X11Clipboard clipboard;
    private final Pointer pointer;
    private final Windows windows;
    private final Input input;
    private final X11Calibration calibration;

    private X11Link(
            XServer server, X11Clipboard clipboard, Pointer pointer, X11Settings settings, Supplier<XServer> connect) {
        Atoms atoms = new Atoms(server);
        this.server = server;
        this.reader = new WindowReader(server, atoms);
        this.clipboard = clipboard;
        this.pointer = pointer;
        Guard guard = new Guard(server, reader);
        XTest keys = new XTest(server);
        keys.ignoreGrabs();
        Settling settling = new Settling(server, settings.settle());
        int clockWindow = server.createInputOnlyWindow(XServer.PROPERTY_CHANGE);
        ServerClock clock = new ServerClock(server, atoms, clockWindow, settings.replyLimit());
        this.windows = new X11Windows(server, atoms, reader, guard, clock, settings, settling);
        this.input = new X11Input(server, keys, guard, pointer, settling, settings.lookAgain());
        this.calibration = new X11Calibration(connect, reader, windows, input, settings);
    }

    static X11Link open(X11Settings settings, Supplier<XServer> connect, Supplier<Pointer> pointers) {
        XServer server = connect.get();
        try {
            XServer own = connect.get();
            Atoms atoms = new Atoms(own);
            X11Clipboard clipboard = new X11Clipboard(
                    own,
                    atoms,
                    new WindowReader(own, atoms),
                    "CLIPBOARD",
                    settings.clipboardLinger(),
                    settings.replyLimit());
            try {
                Pointer pointer = pointers.get();
                try {
                    return new X11Link(server, clipboard, pointer, settings, connect);
                } catch (RuntimeException e) {
                    pointer.close();
                    throw e;
                }
            } catch (RuntimeException e) {
                clipboard.close();
                throw e;
            }
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** @throws DesktopUnavailable if the window manager is gone, which would make every focus request vanish */
    void requireWindowManager() {
        if (reader.windowManager().isEmpty()) {
            throw new DesktopUnavailable(X11Desktop.NO_WINDOW_MANAGER);
        }
    }

    boolean isAlive() {
        return server.isOpen() && clipboard.isAlive() && pointer.isAlive();
    }

    Windows windows() {
        return windows;
    }

    Input input() {
        return input;
    }

    X11Clipboard clipboard() {
        return clipboard;
    }

    X11Calibration calibration() {
        return calibration;
    }

    @Override
    public void close() {
        clipboard.close();
        pointer.close();
        server.close();
    }
}
