package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.Verdict;
import dev.deskpost.desktop.x11.wire.XServer;
import java.util.function.Supplier;

/**
 * Makes one step of a check and the input that it allows. While this connection has grabbed the server, nobody else's
 * requests are processed, so what was seen is still true when the input is sent, on the same connection.
 */
final class OneStep {

    private final XServer server;

    OneStep(XServer server) {
        this.server = server;
    }

    Verdict take(Supplier<Verdict> checkAndInput) {
        server.grab();
        try {
            Verdict verdict = checkAndInput.get();
            server.sync();
            return verdict;
        } finally {
            if (server.isOpen()) {
                server.ungrab();
                server.flush();
            }
        }
    }
}
