package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.x11.wire.XServer;
import java.util.HashMap;
import java.util.Map;

/** The names that EWMH, ICCCM and desktops gave to properties and formats, as numbers of this server. Asked for once. */
final class Atoms {

    private final XServer server;
    private final Map<String, Integer> known = new HashMap<>();
    private final Map<Integer, String> names = new HashMap<>();

    Atoms(XServer server) {
        this.server = server;
    }

    int get(String name) {
        return known.computeIfAbsent(name, server::atom);
    }

    String name(int atom) {
        return names.computeIfAbsent(atom, server::atomName);
    }
}
