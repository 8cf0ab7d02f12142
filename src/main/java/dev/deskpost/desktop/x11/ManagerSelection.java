package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.x11.wire.EventMask;
import dev.deskpost.desktop.x11.wire.KnownAtom;
import dev.deskpost.desktop.x11.wire.Properties;
import dev.deskpost.desktop.x11.wire.XProtocolError;
import dev.deskpost.desktop.x11.wire.XServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The manager selection whose owner delivers to the display (ICCCM 2.8, "Manager Selections"), among all clients of the
 * server, whosever they are and wherever they run. It ends with its owner's connection.
 */
final class ManagerSelection {

    /** Always that of screen 0: keyboard and pointer belong to the display and not to one of its screens. */
    static final String NAME = "_DESKPOST_S0";

    private static final int MAX_TEXT_BYTES = 256;

    private final XServer server;
    private final Atoms atoms;
    private final WindowReader reader;
    private final int selection;

    ManagerSelection(XServer server, Atoms atoms, WindowReader reader) {
        this.server = server;
        this.atoms = atoms;
        this.reader = reader;
        this.selection = atoms.get(NAME);
    }

    /** Its name as a number of this server. */
    int atom() {
        return selection;
    }

    /** The window that owns it; {@link XServer#NONE} if none does. */
    int owner() {
        return server.selections().owner(selection);
    }

    /** Who is behind an owner; what the server knows comes before what the window says. */
    Holder holder(int owner) {
        try {
            OptionalLong pid = reader.pid(owner);
            Properties.Property host = server.properties().read(owner, KnownAtom.WM_CLIENT_MACHINE, MAX_TEXT_BYTES);
            return new Holder(pid, WindowProperties.text(host, atoms.get("UTF8_STRING")));
        } catch (XProtocolError goneMeanwhile) {
            return new Holder(OptionalLong.empty(), "");
        }
    }

    /** A window that can own it and says whose it is. */
    int createOwner() {
        int window = server.createInputOnlyWindow(EventMask.PROPERTY_CHANGE);
        Holder we = Holder.thisProcess();
        server.properties().set(window, KnownAtom.WM_NAME, KnownAtom.STRING, 8, latin1("Deskpost"));
        server.properties().set(window, KnownAtom.WM_CLASS, KnownAtom.STRING, 8, latin1("deskpost\0Deskpost\0"));
        server.properties().set(window, KnownAtom.WM_CLIENT_MACHINE, KnownAtom.STRING, 8, latin1(we.host()));
        server.properties().set(window, atoms.get("_NET_WM_PID"), KnownAtom.CARDINAL, (int)
                we.pid().orElseThrow());
        return window;
    }

    /**
     * Takes it, if it is free. Looking and taking are one step: the server listens to nobody else meanwhile.
     *
     * @return the other who has it, or empty if it was taken
     */
    Optional<Holder> take(int window, Duration patience) {
        ServerClock clock = new ServerClock(server, atoms, window, patience);
        server.grab();
        try {
            int owner = owner();
            if (owner != XServer.NONE) {
                return Optional.of(holder(owner));
            }
            int now = clock.now(event -> {});
            server.selections().setOwner(window, selection, now);
            if (owner() != window) {
                return Optional.of(new Holder(OptionalLong.empty(), ""));
            }
            server.selections().announceManager(atoms.get("MANAGER"), selection, window, now);
            return Optional.empty();
        } finally {
            if (server.isOpen()) {
                server.ungrab();
                server.flush();
            }
        }
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
