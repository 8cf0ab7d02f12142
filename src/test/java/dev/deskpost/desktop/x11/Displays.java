package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.Pointer;
import java.nio.file.Path;
import java.time.Duration;

/** Desktops for tests that do not click: without a process for the pointer, and with lock files where the test wants them. */
final class Displays {

    private Displays() {}

    static X11Desktop desktop(String display, Path authority, Path runtimeDirectory) {
        return desktop(settings(display, authority), runtimeDirectory);
    }

    static X11Desktop desktop(X11Settings settings, Path runtimeDirectory) {
        return new X11Desktop(
                settings,
                NoPointer::new,
                new LockDirectory(runtimeDirectory.toString(), Path.of("/no-such-directory"), "nobody"));
    }

    static X11Settings settings(String display, Path authority) {
        return new X11Settings(
                display,
                authority,
                null,
                Duration.ofSeconds(5),
                Duration.ofMillis(5),
                Duration.ofMillis(30),
                Duration.ofMillis(1),
                Duration.ofMillis(200),
                Duration.ofMillis(500),
                Duration.ofMillis(250));
    }

    private static final class NoPointer implements Pointer {

        @Override
        public void moveTo(Point point) {
            throw new AssertionError("no pointer is needed");
        }

        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public void close() {}
    }
}
