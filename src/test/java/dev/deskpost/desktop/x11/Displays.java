package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.Pointer;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

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
        return settings(display, authority, null, Duration.ofMillis(200));
    }

    /**
     * @param wayland what {@code WAYLAND_DISPLAY} says
     * @param linger how long a text stays readable for its target
     */
    static X11Settings settings(@Nullable String display, Path authority, @Nullable String wayland, Duration linger) {
        return new X11Settings(
                display,
                authority,
                wayland,
                Duration.ofSeconds(5),
                Duration.ofMillis(5),
                Duration.ofMillis(30),
                Duration.ofMillis(1),
                linger,
                Duration.ofMillis(500),
                Duration.ofMillis(250));
    }

    /** The same but for two limits. */
    static X11Settings with(X11Settings usual, Duration clipboardRead, Duration putBackLimit) {
        return new X11Settings(
                usual.display(),
                usual.authority(),
                usual.waylandDisplay(),
                usual.replyLimit(),
                usual.settle(),
                usual.activationRepeat(),
                usual.lookAgain(),
                usual.clipboardLinger(),
                clipboardRead,
                putBackLimit);
    }

    /** For what needs no pointer, and must not move the person's. */
    static final class NoPointer implements Pointer {

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
