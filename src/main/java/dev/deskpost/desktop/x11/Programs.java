package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.ClipboardContent;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.Window;
import dev.deskpost.desktop.x11.wire.XProtocolError;
import dev.deskpost.desktop.x11.wire.XServer;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/** Tells which program is at a clipboard: selections are read and owned with windows that nobody sees. */
final class Programs {

    private final XServer server;
    private final WindowReader windows;

    Programs(XServer server, WindowReader windows) {
        this.server = server;
        this.windows = windows;
    }

    /** The same client of the server as the target's, or the same process: browsers ask from a helper window. */
    boolean isOf(int window, Target target) {
        if (server.sameClient(window, (int) target.id().value())) {
            return true;
        }
        Long pid = target.window().pid();
        try {
            OptionalLong asking = windows.pid(window);
            return pid != null && asking.isPresent() && asking.getAsLong() == pid;
        } catch (XProtocolError vanished) {
            return false;
        }
    }

    /** Who reads an offer, and what: a program asks for other formats of a draft than of a text. */
    static Object reading(X11Offer offer) {
        Window window = offer.target().window();
        List<String> formats = offer.content().formats().stream()
                .map(ClipboardContent.Format::name)
                .filter(name -> !name.equals("STRING"))
                .toList();
        return List.of(Objects.requireNonNullElse(window.pid(), window.id()), formats);
    }
}
