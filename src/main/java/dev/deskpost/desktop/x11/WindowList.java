package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.Window;
import dev.deskpost.desktop.x11.wire.XServer;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lists the windows beside a delivery. An X server has room for some 256 clients, and many may ask at once: one asks the
 * server, and who asked before it began gets the same answer.
 */
final class WindowList {

    private final Supplier<XServer> connect;
    private @Nullable Answer last;

    /**
     * @param began when the server was asked
     * @param failure why there is no list; null if there is one
     */
    private record Answer(
            long began, List<Window> windows, @Nullable DesktopUnavailable failure) {}

    WindowList(Supplier<XServer> connect) {
        this.connect = connect;
    }

    /**
     * As they are now, bottom to top; never older than the question.
     *
     * @throws DesktopUnavailable if there is no server to ask
     */
    List<Window> windows() {
        Answer answer = answer(System.nanoTime());
        if (answer.failure() != null) {
            throw answer.failure();
        }
        return answer.windows();
    }

    private synchronized Answer answer(long asked) {
        Answer known = last;
        if (known != null && known.began() - asked > 0) {
            return known;
        }
        Answer fresh = ask(System.nanoTime());
        last = fresh;
        return fresh;
    }

    /** A connection for each list: one that stays open is told of things that nobody reads. */
    private Answer ask(long began) {
        try (XServer server = connect.get()) {
            return new Answer(began, new WindowReader(server, new Atoms(server)).all(), null);
        } catch (DesktopUnavailable e) {
            return new Answer(began, List.of(), e);
        }
    }
}
