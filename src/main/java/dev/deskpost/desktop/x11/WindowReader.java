package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.Window;
import dev.deskpost.desktop.WindowId;
import dev.deskpost.desktop.x11.wire.KnownAtom;
import dev.deskpost.desktop.x11.wire.Properties.Property;
import dev.deskpost.desktop.x11.wire.XProtocolError;
import dev.deskpost.desktop.x11.wire.XRes;
import dev.deskpost.desktop.x11.wire.XServer;
import dev.deskpost.desktop.x11.wire.XServer.Geometry;
import dev.deskpost.desktop.x11.wire.XServer.Translation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Asks the server for windows: which there are (EWMH, "Root Window Properties") and what they say of themselves. */
final class WindowReader {

    /** Longer titles are cut: a program may write what it likes into them. */
    private static final int MAX_TITLE_BYTES = 4096;

    private static final int MAX_LIST_BYTES = 1 << 16;

    /** {@code _NET_WM_DESKTOP} of a window that is on every workspace. */
    private static final int ON_ALL = -1;

    private final XServer server;
    private final Atoms atoms;
    private final XRes resources;

    WindowReader(XServer server, Atoms atoms) {
        this.server = server;
        this.atoms = atoms;
        this.resources = new XRes(server);
    }

    /** The windows that the window manager manages, bottom to top. Those that vanish meanwhile are left out. */
    List<Window> all() {
        int active = activeWindow();
        return clients().stream()
                .flatMap(window -> read(window, active).stream())
                .toList();
    }

    /** The window as it is now, or empty if there is none with this id. */
    Optional<Window> read(WindowId id) {
        return read((int) id.value(), activeWindow());
    }

    /** What the window manager calls the active window; 0 if none. */
    int activeWindow() {
        return WindowProperties.items(server.properties().read(server.root(), atoms.get("_NET_ACTIVE_WINDOW"), 4))
                .stream()
                .findFirst()
                .orElse(XServer.NONE);
    }

    /** The workspace of a window, if another one is shown (EWMH, {@code _NET_WM_DESKTOP}); empty for one that is on all. */
    OptionalInt hiddenWorkspace(int window) {
        try {
            List<Integer> its =
                    WindowProperties.items(server.properties().read(window, atoms.get("_NET_WM_DESKTOP"), 4));
            List<Integer> shown = WindowProperties.items(
                    server.properties().read(server.root(), atoms.get("_NET_CURRENT_DESKTOP"), 4));
            boolean hidden = !its.isEmpty() && its.get(0) != ON_ALL && !shown.isEmpty() && !its.equals(shown);
            return hidden ? OptionalInt.of(its.get(0)) : OptionalInt.empty();
        } catch (XProtocolError e) {
            if (e.isWindowGone()) {
                return OptionalInt.empty();
            }
            throw e;
        }
    }

    /** The name of the running window manager (EWMH, {@code _NET_SUPPORTING_WM_CHECK}), or empty if none runs. */
    Optional<String> windowManager() {
        int check = atoms.get("_NET_SUPPORTING_WM_CHECK");
        List<Integer> window = WindowProperties.items(server.properties().read(server.root(), check, 4));
        if (window.isEmpty()) {
            return Optional.empty();
        }
        try {
            // A window manager that has died leaves the property behind, but not the window that it names.
            List<Integer> itself = WindowProperties.items(server.properties().read(window.get(0), check, 4));
            return itself.equals(window) ? Optional.of(title(window.get(0))) : Optional.empty();
        } catch (XProtocolError gone) {
            return Optional.empty();
        }
    }

    Bounds bounds(int window) {
        Geometry geometry = server.geometry(window);
        Translation origin = server.translate(window, server.root(), 0, 0);
        return new Bounds(origin.x(), origin.y(), geometry.width(), geometry.height());
    }

    /** The process behind any resource of a client: what the server knows comes before what the window claims. */
    OptionalLong pid(int window) {
        OptionalLong known = resources.pid(window);
        if (known.isPresent()) {
            return known;
        }
        return WindowProperties.items(server.properties().read(window, atoms.get("_NET_WM_PID"), 4)).stream()
                .mapToLong(Integer::toUnsignedLong)
                .findFirst();
    }

    /** The ids of the windows that the window manager manages, bottom to top. */
    List<Integer> clients() {
        Property stacking =
                server.properties().read(server.root(), atoms.get("_NET_CLIENT_LIST_STACKING"), MAX_LIST_BYTES);
        if (stacking.type() == KnownAtom.WINDOW) {
            return WindowProperties.items(stacking);
        }
        return WindowProperties.items(
                server.properties().read(server.root(), atoms.get("_NET_CLIENT_LIST"), MAX_LIST_BYTES));
    }

    private Optional<Window> read(int window, int active) {
        try {
            OptionalLong found = pid(window);
            @Nullable Long pid = found.isPresent() ? found.getAsLong() : null;
            return Optional.of(new Window(
                    new WindowId(Integer.toUnsignedLong(window)),
                    title(window),
                    WindowProperties.windowClass(server.properties().read(window, KnownAtom.WM_CLASS, MAX_TITLE_BYTES)),
                    pid,
                    pid == null ? "" : Processes.name(pid),
                    pid == null ? null : Processes.startedAt(pid).orElse(null),
                    bounds(window),
                    window == active));
        } catch (XProtocolError e) {
            if (e.isWindowGone()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private String title(int window) {
        int utf8String = atoms.get("UTF8_STRING");
        Property name = server.properties().read(window, atoms.get("_NET_WM_NAME"), MAX_TITLE_BYTES);
        if (name.type() == XServer.NONE) {
            name = server.properties().read(window, KnownAtom.WM_NAME, MAX_TITLE_BYTES);
        }
        return WindowProperties.text(name, utf8String);
    }
}
