package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.x11.wire.XServer;
import java.time.Duration;

/**
 * Gives programs the moment that they need between keys and a move of the focus. Toolkits with several windows pass keys on
 * to the window that they believe to have the focus, and what they believe lags behind the server's truth: of keys that
 * followed a move at once, 1 to 20 of 300 reached a sibling window of the same Swing program; with 2 ms between them none.
 *
 * <p>Only what is left of that moment is waited for; most of it passes while other things are done.
 */
final class Settling {

    private final XServer server;
    private final Duration time;
    private long keysAt;
    private long focusAt;

    Settling(XServer server, Duration time) {
        this.server = server;
        this.time = time;
        this.keysAt = System.nanoTime() - time.toNanos();
        this.focusAt = keysAt;
    }

    void keysWerePressed() {
        keysAt = System.nanoTime();
    }

    void focusWasMoved() {
        focusAt = System.nanoTime();
    }

    /** Before the focus is moved: the last keys have to be where they belong. */
    void awaitKeysTaken() {
        await(keysAt);
    }

    /** Before keys are pressed: the program has to know that it has the focus. */
    void awaitFocusTaken() {
        await(focusAt);
    }

    private void await(long since) {
        for (long left = left(since); left > 0; left = left(since)) {
            server.nextEvent(Duration.ofNanos(left));
        }
    }

    private long left(long since) {
        return since + time.toNanos() - System.nanoTime();
    }
}
