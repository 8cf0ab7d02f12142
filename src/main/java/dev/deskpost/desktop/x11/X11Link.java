package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.Input;
import dev.deskpost.desktop.Windows;
import dev.deskpost.desktop.x11.wire.Grabs;
import dev.deskpost.desktop.x11.wire.XServer;
import dev.deskpost.desktop.x11.wire.XTest;
import dev.deskpost.desktop.x11.wire.Xkb;
import java.util.function.Supplier;

/**
 * What is kept open to one X server between deliveries: a connection for windows and keys, one for the clipboard, and the
 * pointer. Used by the holder of the desktop's lock. When the server goes, the link is dead and a new one is made.
 */
final class X11Link implements AutoCloseable {

    private final XServer server;
    private final WindowReader reader;
    private final X11Clipboard clipboard;
    private final Hands hands;
    private final SpareKeys spareKeys;
    private final Windows windows;
    private final Input input;

    private X11Link(XServer server, X11Clipboard clipboard, Hands hands, X11Settings settings) {
        Atoms atoms = new Atoms(server);
        this.server = server;
        this.reader = new WindowReader(server, atoms);
        this.clipboard = clipboard;
        this.hands = hands;
        Guard guard = new Guard(server, reader);
        XTest xTest = new XTest(server);
        xTest.ignoreGrabs();
        Settling settling = new Settling(server, settings.settle());
        int ownWindow = server.createInputOnlyWindow(XServer.PROPERTY_CHANGE);
        ServerClock clock = new ServerClock(server, atoms, ownWindow, settings.replyLimit());
        Grabs grabs = new Grabs(server, ownWindow);
        OneStep oneStep = new OneStep(server);
        Xkb xkb = new Xkb(server);
        this.spareKeys = new SpareKeys(xkb);
        KeyGuard keyGuard = new KeyGuard(server, grabs, guard, settling);
        KeyPress keys = hands.keys()
                .<KeyPress>map(robot -> new RobotKeys(robot, xkb, keyGuard, settling))
                .orElseGet(() -> new AtomicKeys(xTest, xkb, spareKeys, keyGuard, oneStep, settling));
        this.windows = new X11Windows(server, atoms, reader, guard, grabs, clock, settings, settling);
        this.input = new X11Input(server, xTest, keys, guard, grabs, oneStep, hands.pointer(), settling, settings);
    }

    static X11Link open(X11Settings settings, Supplier<XServer> connect, Supplier<Hands> hands) {
        XServer server = connect.get();
        try {
            XServer own = connect.get();
            Atoms atoms = new Atoms(own);
            X11Clipboard clipboard = new X11Clipboard(
                    own, atoms, new WindowReader(own, atoms), settings.clipboardLinger(), settings.replyLimit());
            try {
                Hands present = hands.get();
                try {
                    return new X11Link(server, clipboard, present, settings);
                } catch (RuntimeException e) {
                    present.pointer().close();
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
        return server.isOpen() && clipboard.isAlive() && hands.pointer().isAlive();
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

    @Override
    public void close() {
        giveBackKeys();
        clipboard.close();
        hands.pointer().close();
        server.close();
    }

    private void giveBackKeys() {
        try {
            if (server.isOpen()) {
                spareKeys.giveBack();
                server.sync();
            }
        } catch (DesktopUnavailable e) {
            // The server is gone, and with it the keyboard.
        }
    }
}
