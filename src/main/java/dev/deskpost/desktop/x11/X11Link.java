package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.DesktopTaken;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.Input;
import dev.deskpost.desktop.Presence;
import dev.deskpost.desktop.Windows;
import dev.deskpost.desktop.x11.wire.EventMask;
import dev.deskpost.desktop.x11.wire.Grabs;
import dev.deskpost.desktop.x11.wire.XRandR;
import dev.deskpost.desktop.x11.wire.XServer;
import dev.deskpost.desktop.x11.wire.XTest;
import dev.deskpost.desktop.x11.wire.Xkb;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is kept open to one X server between deliveries: a connection for windows and keys, one for the clipboard, and the
 * pointer, and as long the claim to the display. Used by the holder of the desktop's lock. When the server goes, or somebody
 * takes the claim, the link is dead and a new one is made; the process that moves the pointer is replaced alone, for what the
 * person has on the clipboard lives as long as the link.
 */
final class X11Link implements AutoCloseable {

    private static final String CLIPBOARD = "CLIPBOARD";

    private final XServer server;
    private final DisplayClaim claim;
    private final WindowReader reader;
    private final X11Clipboard clipboard;
    private final X11Presence presence;
    private final Surroundings surroundings;
    private final X11Windows windows;
    private final LivingHands hands;
    private final SpareKeys spareKeys;
    private final Input input;
    private final X11Settings settings;
    private final X11Calibration calibration;

    private X11Link(
            XServer server,
            DisplayClaim claim,
            X11Clipboard clipboard,
            LivingHands hands,
            X11Settings settings,
            Supplier<XServer> connect) {
        Atoms atoms = new Atoms(server);
        this.server = server;
        this.claim = claim;
        this.reader = new WindowReader(server, atoms);
        this.clipboard = clipboard;
        this.hands = hands;
        Guard guard = new Guard(server, reader);
        XTest xTest = new XTest(server);
        xTest.ignoreGrabs();
        Settling settling = new Settling(server, settings.settle());
        int ownWindow = server.createInputOnlyWindow(EventMask.PROPERTY_CHANGE);
        ServerClock clock = new ServerClock(server, atoms, ownWindow, settings.replyLimit());
        Grabs grabs = new Grabs(server, ownWindow);
        OneStep oneStep = new OneStep(server);
        Xkb xkb = new Xkb(server);
        this.settings = settings;
        this.presence = new X11Presence(server, clock, () -> monitors(server, guard));
        this.surroundings = new Surroundings(server, reader, hands, presence, clipboard::hasBeenReadSince);
        this.spareKeys = new SpareKeys(server, xkb);
        OwnKeyboard ownKeyboard = new OwnKeyboard(xTest, presence);
        KeyGuard keyGuard = new KeyGuard(server, grabs, guard, presence, settling);
        KeyPress keys = hands.areTyping()
                ? new RobotKeys(hands, xkb, ownKeyboard, keyGuard, presence, settling)
                : new AtomicKeys(xTest, xkb, spareKeys, ownKeyboard, keyGuard, oneStep, presence, settling);
        this.windows = new X11Windows(server, atoms, reader, guard, grabs, clock, settings, settling, surroundings);
        int selection = atoms.get(CLIPBOARD);
        this.input = new X11Input(
                server,
                xTest,
                keys,
                guard,
                grabs,
                oneStep,
                presence,
                surroundings,
                settling,
                () -> server.selections().owner(selection) == clipboard.window(),
                settings);
        this.calibration = new X11Calibration(connect, reader, windows, input, settings);
    }

    /** The whole screen where the server does not tell of monitors. */
    private static List<Bounds> monitors(XServer server, Guard guard) {
        List<Bounds> monitors = new XRandR(server)
                .all().stream()
                        .map(monitor -> new Bounds(monitor.x(), monitor.y(), monitor.width(), monitor.height()))
                        .toList();
        return monitors.isEmpty() ? List.of(guard.screen()) : monitors;
    }

    /** @throws DesktopTaken if another program delivers to this display; nothing is open then */
    static X11Link open(X11Settings settings, DisplayClaim claim, Supplier<XServer> connect, Supplier<Hands> hands) {
        Deque<Runnable> undo = new ArrayDeque<>();
        boolean opened = false;
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
                    CLIPBOARD,
                    settings.clipboardLinger(),
                    settings.replyLimit(),
                    settings.clipboardRead());
            undo.push(clipboard::close);
            LivingHands living = new LivingHands(hands);
            undo.push(living::close);
            X11Link link = new X11Link(server, claim, clipboard, living, settings, connect);
            opened = true;
            return link;
        } finally {
            if (!opened) {
                undo.forEach(Runnable::run);
            }
        }
    }

    /** @throws DesktopUnavailable if the window manager is gone, which would make every focus request vanish */
    void requireWindowManager() {
        if (reader.windowManager().isEmpty()) {
            throw new DesktopUnavailable(X11Desktop.NO_WINDOW_MANAGER);
        }
    }

    /**
     * What can be mended without giving up the rest, and with it the person's clipboard.
     *
     * @throws DesktopUnavailable if it cannot be mended
     */
    void mend() {
        hands.revive();
    }

    void beginSession() {
        surroundings.forget();
        presence.begin();
    }

    /** Puts focus, pointer and clipboard back, each although another may fail. */
    void endSession() {
        if (!server.isOpen()) {
            return;
        }
        try {
            if (!claim.isAnothers(server)) {
                surroundings.putBack(windows, settings.putBackLimit());
            }
        } finally {
            try {
                if (clipboard.isAlive()) {
                    clipboard.putBack();
                }
            } finally {
                presence.end();
            }
        }
    }

    /** Whether it can be used, if need be after {@link #mend}. */
    boolean isAlive() {
        return server.isOpen() && clipboard.isAlive() && claim.isHeld(server);
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

    X11Calibration calibration() {
        return calibration;
    }

    @Override
    public void close() {
        giveBackKeys();
        clipboard.close();
        hands.close();
        // Last of all: from now on another may type.
        claim.release(server);
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
