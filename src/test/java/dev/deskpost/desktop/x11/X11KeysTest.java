package dev.deskpost.desktop.x11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.ClipboardContent;
import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.GuardedClipboard.Fetch;
import dev.deskpost.desktop.GuardedClipboard.Offer;
import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.desktop.WindowSelector;
import dev.deskpost.desktop.WindowSelector.Match;
import dev.deskpost.desktop.awt.RobotPointer;
import dev.deskpost.testing.ChatWindowsProcess;
import dev.deskpost.testing.VirtualDisplay;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Keys on a real X server, whatever the keyboard's layout is and whoever has grabbed it. */
class X11KeysTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final KeyChord PASTE = KeyChord.parse("ctrl+v");
    private static final KeyChord SUBMIT = KeyChord.parse("enter");

    private static @Nullable VirtualDisplay display;
    private static @Nullable ChatWindowsProcess windows;

    @BeforeAll
    static void start_a_display_with_a_window() {
        VirtualDisplay.assumeAvailable();
        VirtualDisplay.assumeInstalled("setxkbmap", "x11-xkb-utils");
        display = VirtualDisplay.start();
        windows = ChatWindowsProcess.open(display, "one");
    }

    @AfterAll
    static void stop_it() {
        if (display != null) {
            display.close();
        }
    }

    @BeforeEach
    void begin_with_an_english_keyboard() {
        display.run("setxkbmap", "us");
    }

    private static X11Settings settings() {
        return Displays.settings(display.display(), display.authority());
    }

    private static Supplier<RobotPointer> robots() {
        return () -> RobotPointer.start(display.environment(), Duration.ofSeconds(30), LIMIT);
    }

    private static Target focused(DesktopSession session) {
        Match match =
                WindowSelector.of("^one$", null, null).among(session.windows().all());
        Target target = ((Match.One) match).target();
        assertThat(session.windows().focus(target, LIMIT)).isEqualTo(Verdict.HELD);
        windows.awaitInFront("one");
        return target;
    }

    /** The person's keyboard is the one used last, and has another layout than the one from which our keys come. */
    private static void useKeyboards(String persons, String ours) {
        int theirs = display.x11().keyboard("Xvfb keyboard");
        layout(theirs, persons);
        layout(display.x11().keyboard("Virtual core XTEST keyboard"), ours);
        display.x11().keyOf(theirs, "shift");
    }

    private static void layout(int keyboard, String layout) {
        display.run("setxkbmap", "-device", Integer.toString(keyboard), layout);
    }

    private static void assertArrives(DesktopSession session, String text) {
        Target target = focused(session);
        try (Offer offer = session.clipboard().offer(ClipboardContent.ofText(text), target, PASTE)) {
            offer.expectPaste();
            assertThat(session.input().press(target, List.of(PASTE))).isEqualTo(Verdict.HELD);
            assertThat(offer.awaitFetch(LIMIT)).matches(Fetch::isRead);
            assertThat(session.input().press(target, List.of(SUBMIT))).isEqualTo(Verdict.HELD);
        }
        Awaitility.await().atMost(LIMIT).until(() -> windows.submitted("one").contains(text));
        assertThat(windows.strayKeys("one")).isEmpty();
    }

    @Nested
    class A_layout {

        @ParameterizedTest
        @ValueSource(strings = {"us", "ru", "fr", "il", "us,ru", "ru,us", "gr,ru"})
        void may_have_the_letters_anywhere_or_nowhere(String layouts) {
            try (X11Desktop desktop = new X11Desktop(settings(), robots());
                    DesktopSession session = desktop.acquire(LIMIT).orElseThrow()) {
                display.run("setxkbmap", layouts);
                for (int layout = 0; layout < layouts.split(",", -1).length; layout++) {
                    display.x11().useLayout(layout);
                    assertArrives(session, "under " + layouts + ", number " + layout);
                    assertThat(display.x11().layout())
                            .as("the layout that counts")
                            .isEqualTo(layout);
                }
            }
        }

        @Test
        void is_what_it_was_when_the_desktop_has_been_closed() {
            display.run("setxkbmap", "ru");
            List<List<Integer>> before = display.x11().keysyms();
            try (X11Desktop desktop = new X11Desktop(settings(), robots());
                    DesktopSession session = desktop.acquire(LIMIT).orElseThrow()) {
                assertArrives(session, "with a key of our own");
                assertThat(display.x11().keysyms()).isNotEqualTo(before);
            }
            assertThat(display.x11().keysyms()).isEqualTo(before);
        }

        @ParameterizedTest
        @CsvSource({"us(dvorak), us", "us, us(dvorak)", "us, ru", "ru, us", "'us,ru', us", "us, 'ru,us(dvorak)'"})
        void may_be_another_one_on_the_keyboard_of_the_person(String persons, String ours) {
            useKeyboards(persons, ours);
            List<List<Integer>> before = display.x11().keysyms();
            try (X11Desktop desktop = new X11Desktop(settings(), robots())) {
                for (int i = 0; i < 3; i++) {
                    display.x11().keyOf(display.x11().keyboard("Xvfb keyboard"), "shift");
                    try (DesktopSession session = desktop.acquire(LIMIT).orElseThrow()) {
                        assertArrives(session, "%s for them, %s for us, %d".formatted(persons, ours, i));
                    }
                }
            }
            display.x11().keyOf(display.x11().keyboard("Xvfb keyboard"), "shift");
            assertThat(display.x11().keysyms()).isEqualTo(before);
        }

        @Test
        void is_looked_at_again_for_each_press() {
            try (X11Desktop desktop = new X11Desktop(settings(), robots());
                    DesktopSession session = desktop.acquire(LIMIT).orElseThrow()) {
                for (String layout : List.of("ru", "us", "gr", "fr")) {
                    display.run("setxkbmap", layout);
                    assertArrives(session, "after a change to " + layout);
                }
            }
        }

        @Test
        void does_not_matter_to_caps_lock() {
            try (X11Desktop desktop = new X11Desktop(settings(), robots())) {
                for (String layout : List.of("us", "ru")) {
                    display.run("setxkbmap", layout);
                    display.x11().key("capslock");
                    try (DesktopSession session = desktop.acquire(LIMIT).orElseThrow()) {
                        assertArrives(session, "with Caps Lock under " + layout);
                    } finally {
                        display.x11().key("capslock");
                    }
                }
            }
        }
    }

    @Nested
    class While_another_program_has_grabbed {

        @Test
        void the_keyboard_it_gets_no_key() {
            try (X11Desktop desktop = new X11Desktop(settings(), robots());
                    DesktopSession session = desktop.acquire(LIMIT).orElseThrow()) {
                Target target = focused(session);
                display.x11().inputGot();
                display.x11().grabKeyboard();
                try {
                    assertThat(session.windows().check(target)).isEqualTo(Verdict.HELD);
                    assertThat(session.input().press(target, List.of(SUBMIT))).isEqualTo(Verdict.GRABBED);
                } finally {
                    display.x11().ungrabKeyboard();
                }
                assertThat(display.x11().inputGot()).isZero();
                assertArrives(session, "after a grabbed keyboard");
            }
        }

        @Test
        void the_pointer_it_gets_no_click() {
            try (X11Desktop desktop = new X11Desktop(settings(), robots());
                    DesktopSession session = desktop.acquire(LIMIT).orElseThrow()) {
                Target target = focused(session);
                Bounds bounds = target.window().bounds();
                Point middle = new Point(bounds.x() + bounds.width() / 2, bounds.y() + bounds.height() / 2);
                display.x11().inputGot();
                display.x11().grabPointer();
                try {
                    assertThat(session.input().click(target, target.window().bounds(), middle, LIMIT))
                            .isEqualTo(Verdict.GRABBED);
                } finally {
                    display.x11().ungrabPointer();
                }
                assertThat(display.x11().inputGot()).isZero();
                assertThat(session.input().click(target, target.window().bounds(), middle, LIMIT))
                        .isEqualTo(Verdict.HELD);
            }
        }
    }

    @Nested
    class A_click {

        @Test
        void is_one_with_the_first_button_also_where_the_buttons_are_swapped() {
            try (X11Desktop desktop = new X11Desktop(settings(), robots());
                    DesktopSession session = desktop.acquire(LIMIT).orElseThrow()) {
                Target target = focused(session);
                Bounds bounds = target.window().bounds();
                Point middle = new Point(bounds.x() + bounds.width() / 2, bounds.y() + bounds.height() / 2);
                display.x11().swapButtons();
                try {
                    int before = clicks().size();
                    assertThat(session.input().click(target, target.window().bounds(), middle, LIMIT))
                            .isEqualTo(Verdict.HELD);
                    Awaitility.await().atMost(LIMIT).until(() -> clicks().size() > before);
                    assertThat(clicks().get(before).get("button").asInt()).isEqualTo(1);
                } finally {
                    display.x11().swapButtons();
                }
                assertArrives(session, "after a click of ours, which is not taken for a person's");
            }
        }
    }

    private static List<JsonNode> clicks() {
        return windows.events("one", "click");
    }

    @Nested
    class The_look_for_grabs {

        @Test
        void gives_no_window_a_focus_event() {
            try (X11Desktop desktop = new X11Desktop(settings(), robots());
                    DesktopSession session = desktop.acquire(LIMIT).orElseThrow()) {
                Target target = focused(session);
                display.x11().watchFocus();
                for (int i = 0; i < 20; i++) {
                    assertThat(session.input().press(target, List.of(SUBMIT))).isEqualTo(Verdict.HELD);
                }
                assertThat(display.x11().focusEvents()).isZero();
            }
        }
    }

    @Nested
    class Keys_of_the_robot {

        @ParameterizedTest
        @ValueSource(strings = {"us", "fr"})
        void arrive(String layout) {
            try (X11Desktop desktop = X11Desktop.withRobotKeys(settings(), robots());
                    DesktopSession session = desktop.acquire(LIMIT).orElseThrow()) {
                display.run("setxkbmap", layout);
                assertArrives(session, "by the robot under " + layout);
                assertThat(display.x11().anyKeyHeld()).isFalse();
            }
        }

        @ParameterizedTest
        @CsvSource({"us(dvorak), us", "us, us(dvorak)", "ru, us"})
        void arrive_also_if_the_person_has_another_layout(String persons, String ours) {
            try (X11Desktop desktop = X11Desktop.withRobotKeys(settings(), robots())) {
                for (int i = 0; i < 3; i++) {
                    useKeyboards(persons, ours);
                    try (DesktopSession session = desktop.acquire(LIMIT).orElseThrow()) {
                        assertArrives(session, "by the robot, %s for them, %s for us, %d".formatted(persons, ours, i));
                    }
                }
            }
        }

        @Test
        void are_refused_where_the_layout_lacks_them() {
            try (X11Desktop desktop = X11Desktop.withRobotKeys(settings(), robots());
                    DesktopSession session = desktop.acquire(LIMIT).orElseThrow()) {
                Target target = focused(session);
                display.run("setxkbmap", "ru");
                assertThat(session.input().press(target, List.of(PASTE))).isEqualTo(Verdict.NO_SUCH_KEY);
            }
        }
    }
}
