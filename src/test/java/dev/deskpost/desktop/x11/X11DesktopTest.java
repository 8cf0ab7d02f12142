package dev.deskpost.desktop.x11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deskpost.desktop.Desktop;
import dev.deskpost.desktop.DesktopContract;
import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.DesktopStatus;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.Pointer;
import dev.deskpost.desktop.awt.RobotPointer;
import dev.deskpost.testing.ChatWindowsProcess;
import dev.deskpost.testing.VirtualDisplay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract on a real X server with a real window manager, against windows of another process. */
class X11DesktopTest extends DesktopContract {

    private static @Nullable VirtualDisplay display;
    private static @Nullable X11Desktop desktop;

    private ChatWindowsProcess windows;

    @BeforeAll
    static void start_a_display() {
        VirtualDisplay.assumeAvailable();
        VirtualDisplay.assumeInstalled("xclip");
        display = VirtualDisplay.start();
        desktop = desktopOf(display);
    }

    @AfterAll
    static void stop_it() {
        if (desktop != null) {
            desktop.close();
        }
        if (display != null) {
            display.close();
        }
    }

    @BeforeEach
    void open_the_windows() {
        windows = ChatWindowsProcess.open(display, "one", "two");
    }

    @AfterEach
    void close_the_windows() {
        windows.close();
        until(() -> display.x11().clients().isEmpty());
    }

    private static X11Desktop desktopOf(VirtualDisplay display) {
        X11Settings settings = settings(display.display(), display.authority(), null);
        return new X11Desktop(
                settings,
                () -> RobotPointer.start(display.environment(), Duration.ofSeconds(30), Duration.ofSeconds(5)));
    }

    private static X11Settings settings(@Nullable String display, Path authority, @Nullable String wayland) {
        return Displays.settings(display, authority, wayland, Duration.ofMillis(200));
    }

    private static void until(BooleanSupplier condition) {
        Awaitility.await().atMost(LIMIT).until(condition::getAsBoolean);
    }

    @Override
    protected Desktop desktop() {
        return desktop;
    }

    @Override
    protected Rig rig() {
        return new Rig() {

            @Override
            public void title(String window, String title) {
                windows.title(window, title);
                until(() -> titles().contains(title));
            }

            @Override
            public void close(String window) {
                windows.close(window);
                until(() -> !titles().contains(window));
            }

            @Override
            public void activate(String window) {
                int id = display.x11().client(window);
                display.x11().activate(id);
                until(() -> display.x11().activeWindow() == id && display.x11().focusedClient() == id);
                windows.awaitInFront(window);
            }

            @Override
            public void awaitNoticed(String window) {
                windows.awaitInFront(window);
            }

            @Override
            public void cover(String window) {
                windows.dialog(window);
                until(() -> display.x11().clients().size() == 3);
            }

            @Override
            public void takeClipboard() {
                runToEnd("ours no more", "xclip", "-selection", "clipboard");
            }

            @Override
            public Optional<String> readClipboard() {
                return runToEnd("", "xclip", "-selection", "clipboard", "-out");
            }

            @Override
            public void ignorePaste(String window) {
                windows.slow(window, 2000);
            }

            @Override
            public List<String> submitted(String window) {
                return windows.events(window).stream()
                        .filter(event -> event.get("event").asString().endsWith("submit")
                                || event.get("event").asString().equals("submitted"))
                        .map(event -> event.has("text") ? event.get("text").asString() : "")
                        .toList();
            }

            @Override
            public String input(String window) {
                return windows.input(window);
            }
        };
    }

    private static List<String> titles() {
        return display.x11().clients().stream().map(display.x11()::title).toList();
    }

    /** What a program prints, or empty if it fails. */
    private static Optional<String> runToEnd(String input, String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
            if (!input.isEmpty()) {
                // It stays behind to serve the clipboard, and would keep a pipe open.
                builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
            }
            Process process = display.start(builder);
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output =
                    input.isEmpty() ? new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8) : "";
            return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Nested
    class A_display_that_cannot_be_used {

        @Test
        void is_one_that_nobody_named() {
            assertUnavailable(null, null, "DISPLAY is not set");
        }

        @Test
        void is_wayland_without_x11() {
            assertUnavailable(null, "wayland-0", "Wayland");
        }

        @Test
        void is_one_where_no_server_listens() {
            assertUnavailable(":4711", null, "cannot connect to display :4711");
        }

        @Test
        void is_a_name_that_is_none() {
            assertUnavailable("nonsense", null, "not a display name");
        }

        @Test
        void is_one_without_a_window_manager() {
            try (VirtualDisplay bare = VirtualDisplay.start(VirtualDisplay.NO_WINDOW_MANAGER);
                    X11Desktop its = desktopOf(bare)) {
                assertThat(its.status().available()).isFalse();
                assertThat(its.status().reason()).contains("no window manager");
            }
        }

        @Test
        void is_one_whose_keys_this_user_does_not_have() {
            X11Settings settings =
                    settings(display.display(), display.directory().resolve("no-such-file"), null);
            DesktopStatus status = new X11Desktop(settings, () -> {
                        throw new AssertionError("no pointer is needed");
                    })
                    .status();
            assertThat(status.available()).isFalse();
            assertThat(status.reason()).contains("refused").contains("XAUTHORITY");
        }

        private void assertUnavailable(@Nullable String name, @Nullable String wayland, String reason) {
            X11Settings settings = settings(name, display.authority(), wayland);
            X11Desktop its = new X11Desktop(settings, () -> {
                throw new AssertionError("no pointer is needed");
            });
            assertThat(its.status().available()).isFalse();
            assertThat(its.status().reason()).contains(reason);
            assertThatThrownBy(() -> its.acquire(LIMIT)).isInstanceOf(DesktopUnavailable.class);
            assertThatThrownBy(its::windows).isInstanceOf(DesktopUnavailable.class);
        }
    }

    @Test
    void an_error_while_the_desktop_is_opened_leaves_its_lock_to_the_next() {
        AtomicBoolean outOfMemory = new AtomicBoolean(true);
        Supplier<Pointer> pointers = () -> {
            if (outOfMemory.getAndSet(false)) {
                throw new OutOfMemoryError("played");
            }
            return new Displays.NoPointer();
        };
        try (VirtualDisplay own = VirtualDisplay.start()) {
            X11Settings settings = Displays.settings(own.display(), own.authority());
            LockDirectory locks =
                    new LockDirectory(own.directory().toString(), Path.of("/no-such-directory"), "nobody");
            try (X11Desktop its = new X11Desktop(settings, pointers, locks)) {
                assertThatThrownBy(() -> its.acquire(LIMIT)).isInstanceOf(OutOfMemoryError.class);
                its.acquire(LIMIT).orElseThrow().close();
            }
        }
    }

    @Nested
    class A_server_that_goes {

        @Test
        void ends_the_session_and_not_the_service() {
            VirtualDisplay mortal = VirtualDisplay.start();
            try (X11Desktop its = desktopOf(mortal);
                    DesktopSession session = its.acquire(LIMIT).orElseThrow()) {
                mortal.kill();
                assertThatThrownBy(() -> session.windows().all()).isInstanceOf(DesktopUnavailable.class);
                assertThat(its.status().available()).isFalse();
                session.close();
                assertThatThrownBy(() -> its.acquire(LIMIT)).isInstanceOf(DesktopUnavailable.class);
            } finally {
                mortal.close();
            }
        }
    }
}
