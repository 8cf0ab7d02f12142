package dev.deskpost.desktop.x11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deskpost.desktop.Calibration;
import dev.deskpost.desktop.Calibration.Measured;
import dev.deskpost.desktop.Calibration.NotMeasured;
import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.desktop.WindowSelector;
import dev.deskpost.desktop.WindowSelector.Match;
import dev.deskpost.testing.ChatWindowsProcess;
import dev.deskpost.testing.VirtualDisplay;
import dev.deskpost.testing.X11Wire;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Measuring a desktop on a window of our own, under real window managers, beside windows of another process. */
class X11CalibrationTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    @ParameterizedTest
    @ValueSource(strings = {VirtualDisplay.OPENBOX, VirtualDisplay.XFWM4})
    void measures_and_leaves_everything_as_it_was(String windowManager) {
        VirtualDisplay.assumeAvailable(windowManager);
        try (VirtualDisplay display = VirtualDisplay.start(windowManager);
                ChatWindowsProcess windows = ChatWindowsProcess.open(display, "one", "two");
                X11Desktop desktop = desktopOf(display)) {
            X11Wire x11 = display.x11();
            int one = x11.client("one");
            windows.copy("two", "what the person had copied");
            int clipboard = x11.selectionOwner("CLIPBOARD");
            int[] pointer = x11.pointer();

            try (DesktopSession session = desktop.acquire(LIMIT).orElseThrow()) {
                focus(session, "one");
                for (int round = 0; round < 5; round++) {
                    long start = System.nanoTime();
                    Calibration calibration = session.calibrate(LIMIT);
                    Duration took = Duration.ofNanos(System.nanoTime() - start);
                    System.out.printf("%s: %s, in all %s%n", windowManager, calibration, took);

                    assertThat(calibration)
                            .isInstanceOfSatisfying(
                                    Measured.class,
                                    measured -> assertThat(
                                                    Stream.of(measured.activate(), measured.focus(), measured.fetch()))
                                            .allSatisfy(time -> assertThat(time)
                                                    .isPositive()
                                                    .isLessThan(took)));
                    assertThat(x11.activeWindow()).isEqualTo(one);
                    assertThat(x11.focusedClient()).isEqualTo(one);
                }
            }
            // The window manager hears later than we that the window is gone
            until(() -> x11.clients().stream().map(x11::title).sorted().toList().equals(List.of("one", "two")));
            assertThat(clipboard).isNotZero();
            assertThat(x11.selectionOwner("CLIPBOARD")).isEqualTo(clipboard);
            assertThat(x11.pointer()).isEqualTo(pointer);
            assertThat(x11.anyKeyHeld()).isFalse();
            assertThat(windows.strayKeys("one")).isEmpty();
            assertThat(windows.strayKeys("two")).isEmpty();
            assertThat(List.of(windows.input("one"), windows.input("two"))).containsOnly("");
        }
    }

    @Test
    void works_on_an_empty_desktop() {
        VirtualDisplay.assumeAvailable();
        try (VirtualDisplay display = VirtualDisplay.start();
                X11Desktop desktop = desktopOf(display);
                DesktopSession session = desktop.acquire(LIMIT).orElseThrow()) {
            assertThat(session.calibrate(LIMIT)).isInstanceOf(Measured.class);
            until(() -> display.x11().clients().isEmpty());
        }
    }

    @Test
    void presses_nothing_while_a_person_holds_a_key() {
        VirtualDisplay.assumeAvailable();
        try (VirtualDisplay display = VirtualDisplay.start();
                ChatWindowsProcess windows = ChatWindowsProcess.open(display, "one");
                X11Desktop desktop = desktopOf(display);
                DesktopSession session = desktop.acquire(LIMIT).orElseThrow()) {
            X11Wire x11 = display.x11();
            int one = x11.client("one");
            focus(session, "one");
            x11.press("ctrl");
            try {
                assertThat(session.calibrate(LIMIT)).isInstanceOf(NotMeasured.class);
            } finally {
                x11.release("ctrl");
            }
            assertThat(x11.focusedClient()).isEqualTo(one);
            assertThat(windows.strayKeys("one")).isEmpty();
        }
    }

    private static void focus(DesktopSession session, String title) {
        Match match = WindowSelector.of("^" + title + "$", null, null)
                .among(session.windows().all());
        assertThat(session.windows().focus(((Match.One) match).target(), LIMIT)).isEqualTo(Verdict.HELD);
    }

    private static void until(BooleanSupplier condition) {
        await().atMost(LIMIT).until(condition::getAsBoolean);
    }

    private static X11Desktop desktopOf(VirtualDisplay display) {
        return new X11Desktop(Displays.settings(display.display(), display.authority()), Displays.NoPointer::new);
    }
}
