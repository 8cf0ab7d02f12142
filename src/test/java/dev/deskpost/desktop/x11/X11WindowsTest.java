package dev.deskpost.desktop.x11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.desktop.WindowSelector;
import dev.deskpost.desktop.WindowSelector.Match;
import dev.deskpost.desktop.x11.wire.Authority;
import dev.deskpost.desktop.x11.wire.DisplayName;
import dev.deskpost.desktop.x11.wire.XServer;
import dev.deskpost.testing.ChatWindowsProcess;
import dev.deskpost.testing.VirtualDisplay;
import dev.deskpost.testing.X11Wire;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wish for the focus, under each window manager. */
class X11WindowsTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    /**
     * By the server's clock that move of the focus is the latest thing that has happened, and no window manager hears of it.
     * The other window is on top already, so nothing else happens when it is asked for.
     */
    @ParameterizedTest
    @ValueSource(strings = {VirtualDisplay.OPENBOX, VirtualDisplay.XFWM4})
    void the_focus_comes_also_right_after_a_program_has_asked_for_it_where_it_was(String windowManager)
            throws Exception {
        VirtualDisplay.assumeAvailable(windowManager);
        try (VirtualDisplay display = VirtualDisplay.start(windowManager);
                ChatWindowsProcess windows = ChatWindowsProcess.open(display, "one");
                CalibrationWindow onTop = new CalibrationWindow(XServer.connect(
                        DisplayName.parse(display.display()), Authority.read(display.authority()), LIMIT));
                X11Desktop desktop = new X11Desktop(
                        Displays.settings(display.display(), display.authority()), Displays.NoPointer::new);
                DesktopSession session = desktop.acquire(LIMIT).orElseThrow()) {
            X11Wire x11 = display.x11();
            windows.front("one");
            assertThat(onTop.show(LIMIT, LIMIT)).isTrue();
            Target target = target(session, "Deskpost measures this desktop");
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> x11.bounds((int) onTop.id().value()).y > 0);
            assertThat(session.windows().check(target)).isEqualTo(Verdict.FOCUS_ELSEWHERE);

            // The server's clock counts milliseconds
            Awaitility.await().pollDelay(Duration.ofMillis(20)).until(() -> true);
            x11.focus(x11.inputFocus());
            assertThat(session.windows().focus(target, LIMIT)).isEqualTo(Verdict.HELD);
        }
    }

    private static Target target(DesktopSession session, String title) {
        Match match = WindowSelector.of("^" + title + "$", null, null)
                .among(session.windows().all());
        return ((Match.One) match).target();
    }
}
