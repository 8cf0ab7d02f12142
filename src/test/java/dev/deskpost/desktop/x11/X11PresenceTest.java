package dev.deskpost.desktop.x11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.ClipboardContent;
import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.GuardedClipboard.Fetch;
import dev.deskpost.desktop.GuardedClipboard.Offer;
import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.Pointer;
import dev.deskpost.desktop.Presence.Use;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.desktop.WindowSelector;
import dev.deskpost.desktop.WindowSelector.Match;
import dev.deskpost.testing.ChatWindowsProcess;
import dev.deskpost.testing.VirtualDisplay;
import dev.deskpost.testing.X11Wire;
import java.awt.Rectangle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Somebody at the desk, played over a connection of their own on a real X server with a window manager. */
class X11PresenceTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** Longer than a delivery takes here, so that input of ours that was taken for a person's would still be seen. */
    private static final Duration QUIET = Duration.ofMillis(400);

    private static final KeyChord PASTE = KeyChord.parse("ctrl+v");
    private static final KeyChord SUBMIT = KeyChord.parse("enter");

    private static @Nullable VirtualDisplay display;
    private static @Nullable ChatWindowsProcess windows;
    private static @Nullable X11Wire person;

    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
    private @Nullable X11Desktop desktop;

    /** Runs in the middle of our moves of the pointer. */
    private Runnable whilePointerMoves = () -> {};

    @BeforeAll
    static void start_a_display_with_three_windows() {
        VirtualDisplay.assumeAvailable();
        display = VirtualDisplay.startWithTwoMonitors();
        windows = ChatWindowsProcess.open(display, "one", "two", "three");
        // One lies over the right half of the other.
        windows.bounds("one", 100, 100, 500, 400);
        windows.bounds("two", 350, 150, 500, 400);
        windows.bounds("three", 900, 100, 300, 300);
        person = display.x11();
    }

    @AfterAll
    static void stop_it() {
        if (display != null) {
            display.close();
        }
    }

    @BeforeEach
    void open_the_desktop_while_the_pointer_lies_in_a_corner() {
        person.moveTo(0, 0);
        desktop = open(Displays.settings(display.display(), display.authority()));
    }

    private X11Desktop open(X11Settings settings) {
        Path runtime = display.directory();
        return new X11Desktop(
                settings,
                OtherHand::new,
                new LockDirectory(runtime.toString(), Path.of("/no-such-directory"), "nobody"));
    }

    @AfterEach
    void close_it() throws InterruptedException {
        // An interrupt in the middle of a key would close the connection.
        later.shutdown();
        assertThat(later.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        if (desktop != null) {
            desktop.close();
        }
        // Swing may still be about to ask for the focus that was given back
        until(() -> person.activeWindow() != 0 && person.activeWindow() == person.focusedClient());
        awaitFocus(person.title(person.activeWindow()));
    }

    /** Moves the pointer over a connection of its own, as the robot does. */
    private final class OtherHand implements Pointer {

        private final X11Wire hand = X11Wire.connect(display.display(), display.authority());

        @Override
        public void moveTo(Point point) {
            hand.moveTo(point.x(), point.y());
            whilePointerMoves.run();
        }

        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public void close() {
            hand.close();
        }
    }

    private DesktopSession session() {
        return desktop.acquire(LIMIT).orElseThrow();
    }

    private DesktopSession freeSession() {
        DesktopSession session = session();
        assertThat(session.presence().awaitFree(QUIET, LIMIT)).isEqualTo(Use.FREE);
        return session;
    }

    private static Use look(DesktopSession session) {
        return look(session, QUIET);
    }

    /** Whether somebody was here a moment ago, however long this test was kept from running since. */
    private static Use lookBack(DesktopSession session) {
        return look(session, LIMIT);
    }

    private static Use look(DesktopSession session, Duration quiet) {
        return session.presence().awaitFree(quiet, Duration.ZERO);
    }

    private static Target target(DesktopSession session, String title) {
        Match match = WindowSelector.of("^" + title + "$", null, null)
                .among(session.windows().all());
        return ((Match.One) match).target();
    }

    private static Target focused(DesktopSession session, String title) {
        Target target = target(session, title);
        assertThat(session.windows().focus(target, LIMIT)).isEqualTo(Verdict.HELD);
        windows.awaitInFront(title);
        return target;
    }

    /**
     * Clicks, and waits until the program has done all that it does on a click: Swing asks for the focus then, and one that
     * is late would take it back from the window that it was given back to. (A delivery waits for the fetched paste.)
     */
    private static void click(DesktopSession session, Target target) {
        String title = target.window().title();
        int before = windows.events(title, "click").size();
        assertThat(session.input().click(target, target.window().bounds(), visible(target), LIMIT))
                .isEqualTo(Verdict.HELD);
        until(() -> windows.events(title, "click").size() > before);
        windows.input(title);
    }

    /** The same by the person; the window manager holds the click back until it has activated the window. */
    private static void personClicks(String title, int x, int y) {
        int before = windows.events(title, "click").size();
        person.click(person.client(title), x, y);
        until(() -> windows.events(title, "click").size() > before);
        awaitFocus(title);
    }

    /** Where nothing lies over the window, whichever of the three is on top. */
    private static Point visible(Target target) {
        Bounds bounds = target.window().bounds();
        return target.window().title().equals("two")
                ? new Point(bounds.x() + bounds.width() - 20, bounds.y() + 20)
                : new Point(bounds.x() + 20, bounds.y() + 20);
    }

    private static void until(Callable<Boolean> condition) {
        Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(condition);
    }

    private static void activate(String title) {
        person.activate(person.client(title));
        awaitFocus(title);
    }

    /** The window manager, the server and the program all believe that the window has the focus. */
    private static void awaitFocus(String title) {
        int window = person.client(title);
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(List.of(person.activeWindow(), person.focusedClient()))
                        .as("active and focused, of %s", windowsOfTitles())
                        .containsOnly(window));
        windows.awaitInFront(title);
    }

    private static Map<String, Integer> windowsOfTitles() {
        return Map.of("one", person.client("one"), "two", person.client("two"), "three", person.client("three"));
    }

    private void in(int millis, Runnable what) {
        ScheduledFuture<?> unused = later.schedule(what, millis, TimeUnit.MILLISECONDS);
    }

    @Nested
    class A_person {

        @Test
        void who_has_pressed_a_key_is_waited_for_until_they_have_been_quiet() {
            try (DesktopSession session = freeSession()) {
                long pressed = System.nanoTime();
                person.key("a");
                assertThat(lookBack(session)).isEqualTo(Use.ACTIVE);
                assertThat(session.presence().intruded()).isTrue();
                assertThat(session.presence().awaitFree(QUIET, LIMIT)).isEqualTo(Use.FREE);
                assertThat(Duration.ofNanos(System.nanoTime() - pressed)).isGreaterThanOrEqualTo(QUIET);
                assertThat(session.presence().intruded()).isFalse();
            }
        }

        @Test
        void who_goes_on_typing_makes_the_quiet_time_begin_anew() {
            try (DesktopSession session = freeSession()) {
                long begun = System.nanoTime();
                person.key("a");
                in(300, () -> person.key("b"));
                assertThat(session.presence().awaitFree(QUIET, LIMIT)).isEqualTo(Use.FREE);
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(QUIET.plusMillis(300));
            }
        }

        @Test
        void who_never_stops_is_reported_when_the_limit_is_up() {
            try (DesktopSession session = freeSession()) {
                ScheduledFuture<?> unused =
                        later.scheduleAtFixedRate(() -> person.key("a"), 0, 50, TimeUnit.MILLISECONDS);
                long begun = System.nanoTime();
                until(() -> look(session) == Use.ACTIVE);
                assertThat(session.presence().awaitFree(QUIET, Duration.ofMillis(700)))
                        .isEqualTo(Use.ACTIVE);
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(700));
            }
        }

        @Test
        void who_typed_while_nobody_delivered_is_known_all_the_same() {
            freeSession().close();
            person.key("a");
            try (DesktopSession session = session()) {
                assertThat(lookBack(session)).isEqualTo(Use.ACTIVE);
            }
        }

        @Test
        void is_known_to_have_been_here_also_between_two_sessions_and_we_are_not_taken_for_one() {
            freeSession().close();
            long before = System.nanoTime();
            try (DesktopSession session = freeSession()) {
                focused(session, "one");
                assertThat(session.input().press(target(session, "one"), List.of(KeyChord.parse("ctrl+a"))))
                        .isEqualTo(Verdict.HELD);
            }
            try (DesktopSession session = freeSession()) {
                assertThat(session.presence().wasHereSince(before)).isFalse();
            }
            // Nobody is as quick as to follow our keys within the few milliseconds that the clocks differ by.
            Awaitility.await().pollDelay(Duration.ofMillis(20)).until(() -> true);
            person.key("a");
            try (DesktopSession session = session()) {
                assertThat(session.presence().wasHereSince(before)).isTrue();
                assertThat(session.presence().wasHereSince(System.nanoTime())).isFalse();
            }
        }

        @Test
        void who_only_moves_the_pointer_is_active_and_does_not_intrude() {
            try (DesktopSession session = freeSession()) {
                person.moveTo(700, 500);
                assertThat(lookBack(session)).isEqualTo(Use.ACTIVE);
                assertThat(session.presence().intruded()).isFalse();
            }
        }

        @Test
        void who_holds_shift_is_waited_for_until_they_let_go() {
            try (DesktopSession session = freeSession()) {
                Target one = focused(session, "one");
                person.press("shift");
                try {
                    assertThat(session.presence().awaitFree(Duration.ZERO, Duration.ZERO))
                            .isEqualTo(Use.HELD);
                    assertThat(session.input().press(one, List.of(SUBMIT))).isEqualTo(Verdict.INPUT_HELD);
                    assertThat(session.input().click(one, one.window().bounds(), visible(one), LIMIT))
                            .isEqualTo(Verdict.INPUT_HELD);
                } finally {
                    in(200, () -> person.release("shift"));
                }
                long begun = System.nanoTime();
                assertThat(session.presence().awaitFree(Duration.ZERO, LIMIT)).isEqualTo(Use.FREE);
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
            }
        }

        @Test
        void who_has_put_on_caps_lock_is_asked_to_put_it_off() {
            try (DesktopSession session = freeSession()) {
                person.key("capslock");
                try {
                    assertThat(session.presence().awaitFree(Duration.ZERO, Duration.ZERO))
                            .isEqualTo(Use.CAPS_LOCK);
                } finally {
                    person.key("capslock");
                }
                assertThat(session.presence().awaitFree(Duration.ZERO, Duration.ZERO))
                        .isEqualTo(Use.FREE);
            }
        }

        @Test
        void who_begins_to_type_stops_every_key_and_click_of_ours() {
            try (DesktopSession session = freeSession()) {
                Target one = focused(session, "one");
                int before = windows.events("one").size();
                person.press("shift");
                person.release("shift");
                assertThat(session.input().press(one, List.of(SUBMIT))).isEqualTo(Verdict.INTRUDED);
                assertThat(session.input().click(one, one.window().bounds(), visible(one), LIMIT))
                        .isEqualTo(Verdict.INTRUDED);
                assertThat(windows.events("one")).hasSize(before);
            }
        }

        @Test
        void who_presses_a_key_while_our_pointer_moves_is_not_overlooked() {
            try (DesktopSession session = freeSession()) {
                Target one = focused(session, "one");
                whilePointerMoves = () -> person.key("shift");
                assertThat(session.input().click(one, one.window().bounds(), visible(one), LIMIT))
                        .isEqualTo(Verdict.INTRUDED);
                whilePointerMoves = () -> {};
            }
        }
    }

    @Nested
    class What_we_do_ourselves {

        @Test
        void is_never_taken_for_a_person() {
            freeSession().close();
            int delivered = 0;
            for (int round = 0; round < 20; round++) {
                try (DesktopSession session = session()) {
                    for (String title : List.of("one", "two")) {
                        assertThat(look(session)).as("delivery %d", delivered).isEqualTo(Use.FREE);
                        deliverWithClick(session, title, "text " + delivered);
                        assertThat(session.presence().intruded()).isFalse();
                        delivered++;
                    }
                }
            }
            int all = delivered;
            until(() ->
                    windows.submitted("one").size() + windows.submitted("two").size() >= all);
            assertThat(windows.submitted("two")).contains("text " + (all - 1));
        }

        /** Without asking for the window first: the window manager raises it at the click, and holds that back meanwhile. */
        private void deliverWithClick(DesktopSession session, String title, String text) {
            Target target = target(session, title);
            assertThat(session.input().click(target, target.window().bounds(), visible(target), LIMIT))
                    .isEqualTo(Verdict.HELD);
            focused(session, title);
            paste(session, target, text);
        }
    }

    private static void paste(DesktopSession session, Target target, String text) {
        try (Offer offer = session.clipboard().offer(ClipboardContent.ofText(text), target, PASTE)) {
            offer.expectPaste();
            assertThat(session.input().press(target, List.of(PASTE))).isEqualTo(Verdict.HELD);
            assertThat(offer.awaitFetch(LIMIT)).matches(Fetch::isRead);
            assertThat(session.input().press(target, List.of(SUBMIT))).isEqualTo(Verdict.HELD);
        }
    }

    @Nested
    class A_corner {

        @Test
        void of_the_screen_is_the_sign_to_stop_as_soon_as_the_pointer_is_moved_there() {
            try (DesktopSession session = freeSession()) {
                for (int[] corner : new int[][] {{0, 999}, {3199, 0}, {3199, 999}, {0, 0}}) {
                    person.moveTo(800, 500);
                    assertThat(look(session)).isNotEqualTo(Use.CORNER);
                    person.moveTo(corner[0], corner[1]);
                    assertThat(look(session)).as("%d,%d", corner[0], corner[1]).isEqualTo(Use.CORNER);
                    assertThat(look(session)).as("told once").isNotEqualTo(Use.CORNER);
                }
            }
        }

        @Test
        void is_none_in_which_the_pointer_lay_from_the_start() {
            freeSession().close();
            freeSession().close();
        }

        @Test
        void may_be_reached_while_nobody_delivers_and_while_somebody_waits() {
            person.moveTo(800, 500);
            freeSession().close();
            person.moveTo(0, 0);
            try (DesktopSession session = session()) {
                assertThat(look(session)).isEqualTo(Use.CORNER);
                person.moveTo(800, 500);
                in(100, () -> person.moveTo(3199, 999));
                assertThat(session.presence().awaitFree(QUIET, LIMIT)).isEqualTo(Use.CORNER);
            }
        }

        @Test
        void is_one_of_the_smaller_monitor_too_and_not_where_two_monitors_meet() {
            try (VirtualDisplay uneven = VirtualDisplay.start();
                    X11Desktop its = Displays.desktop(uneven.display(), uneven.authority(), uneven.directory());
                    DesktopSession session = its.acquire(LIMIT).orElseThrow()) {
                uneven.x11().setMonitor("large", true, new Rectangle(0, 0, 1000, 1000));
                uneven.x11().setMonitor("small", false, new Rectangle(1000, 0, 600, 500));
                assertThat(look(session)).isNotEqualTo(Use.CORNER);
                assertThat(uses(session, uneven, new int[][] {{999, 999}, {1599, 499}, {1599, 0}, {0, 0}}))
                        .containsOnly(Use.CORNER);
                assertThat(uses(session, uneven, new int[][] {{999, 0}, {1000, 0}, {1000, 499}}))
                        .doesNotContain(Use.CORNER);
            }
        }

        private List<Use> uses(DesktopSession session, VirtualDisplay its, int[][] places) {
            List<Use> found = new ArrayList<>();
            for (int[] place : places) {
                its.x11().moveTo(place[0], place[1]);
                found.add(look(session));
            }
            return found;
        }

        @Test
        void that_is_reached_in_the_middle_of_a_delivery_stops_it_and_is_told_of_afterwards() {
            person.moveTo(800, 500);
            try (DesktopSession session = freeSession()) {
                Target one = focused(session, "one");
                person.moveTo(0, 0);
                assertThat(session.input().press(one, List.of(SUBMIT))).isEqualTo(Verdict.INTRUDED);
                assertThat(session.input().click(one, one.window().bounds(), visible(one), LIMIT))
                        .isEqualTo(Verdict.INTRUDED);
                assertThat(person.pointer()).startsWith(0, 0);
                assertThat(look(session)).isEqualTo(Use.CORNER);
            }
        }
    }

    @Nested
    class Focus_and_pointer {

        @Test
        void are_where_they_were_when_the_session_ends() {
            activate("three");
            person.moveTo(700, 600);
            int before = person.activeWindow();
            try (DesktopSession session = freeSession()) {
                for (String title : List.of("one", "two")) {
                    click(session, focused(session, title));
                }
                assertThat(person.activeWindow()).isNotEqualTo(before);
            }
            awaitFocus("three");
            assertThat(person.pointer()).startsWith(700, 600);
        }

        @Test
        void stay_where_the_person_has_moved_them_since() {
            activate("three");
            person.moveTo(700, 600);
            try (DesktopSession session = freeSession()) {
                click(session, focused(session, "one"));
                person.moveTo(720, 610);
                activate("two");
            }
            assertThat(person.activeWindow()).isEqualTo(person.client("two"));
            assertThat(person.pointer()).startsWith(720, 610);
        }

        @Test
        void go_back_to_the_window_in_which_the_person_was_typing_and_goes_on() {
            activate("three");
            try (DesktopSession session = freeSession()) {
                focused(session, "one");
                person.key("a");
                person.scrollDown();
                assertThat(look(session)).isEqualTo(Use.ACTIVE);
                assertThat(session.presence().intruded()).isTrue();
            }
            awaitFocus("three");
        }

        /** Swing asks for the focus itself when it comes to read that it got it, be it too late. */
        @Test
        void go_back_again_from_a_program_that_asks_for_the_focus_late() throws Exception {
            watchFor(Duration.ofSeconds(1));
            activate("three");
            Future<?> asksLate;
            try (DesktopSession session = freeSession()) {
                focused(session, "one");
                asksLate = asksWhenGivenBack("one", person.activeWindow());
            }
            asksLate.get();
            awaitFocus("three");
        }

        @Test
        void go_back_again_also_from_a_program_that_was_not_the_last() throws Exception {
            watchFor(Duration.ofSeconds(1));
            activate("three");
            Future<?> asksLate;
            try (DesktopSession session = freeSession()) {
                focused(session, "one");
                paste(session, focused(session, "two"), "what was read");
                asksLate = asksWhenGivenBack("one", person.activeWindow());
            }
            asksLate.get();
            awaitFocus("three");
        }

        /** @param now the active window, until the focus is given back */
        private Future<?> asksWhenGivenBack(String title, int now) {
            int window = person.client(title);
            return later.submit(() -> {
                until(() -> person.activeWindow() != now
                        && person.activeWindow() != 0
                        && person.focusedClient() == person.activeWindow());
                person.focus(window);
            });
        }

        @Test
        void go_back_also_when_the_connection_of_the_clipboard_is_broken() {
            activate("three");
            person.moveTo(700, 600);
            try (DesktopSession session = freeSession()) {
                click(session, focused(session, "one"));
                int clipboards = person.selectionOwner("_DESKPOST_S0");
                person.kill(clipboards);
                until(() -> person.selectionOwner("_DESKPOST_S0") == 0);
            }
            awaitFocus("three");
            assertThat(person.pointer()).startsWith(700, 600);
        }

        @Test
        void stay_where_they_are_when_another_program_has_taken_the_display() throws Exception {
            activate("three");
            try (X11Wire another = X11Wire.connect(display.display(), display.authority());
                    DesktopSession session = freeSession()) {
                focused(session, "one");
                another.own("_DESKPOST_S0");
                session.close();
                assertThat(person.activeWindow()).isEqualTo(person.client("one"));
            }
        }

        /** The window manager says then that no window is active. */
        @Test
        void stay_on_the_empty_workspace_that_the_person_has_turned_to() {
            person.desktops(2);
            try {
                activate("three");
                try (DesktopSession session = freeSession()) {
                    focused(session, "one");
                    person.showDesktop(1);
                    until(() -> person.currentDesktop() == 1 && person.activeWindow() == 0);
                }
                assertThat(person.currentDesktop()).isEqualTo(1);
            } finally {
                person.showDesktop(0);
                until(() -> person.currentDesktop() == 0);
                person.desktops(1);
            }
        }

        @Test
        void go_back_at_once_from_a_program_that_has_pasted() {
            watchFor(LIMIT);
            activate("three");
            DesktopSession session = freeSession();
            paste(session, focused(session, "one"), "what was read");
            long begun = System.nanoTime();
            session.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LIMIT);
            awaitFocus("three");
        }

        private void watchFor(Duration putBackLimit) {
            desktop.close();
            X11Settings usual = Displays.settings(display.display(), display.authority());
            desktop = open(Displays.with(usual, usual.clipboardRead(), putBackLimit));
        }

        @Test
        void stay_where_the_person_has_clicked_be_it_into_our_window() {
            activate("three");
            try (DesktopSession session = freeSession()) {
                focused(session, "one");
                personClicks("one", 20, 20);
                assertThat(lookBack(session)).isEqualTo(Use.ACTIVE);
            }
            assertThat(person.activeWindow()).isEqualTo(person.client("one"));
        }

        @Test
        void go_back_to_the_window_that_the_person_has_chosen_between_two_messages() {
            activate("three");
            try (DesktopSession session = freeSession()) {
                focused(session, "one");
                personClicks("two", 450, 300);
                assertThat(session.presence().awaitFree(QUIET, LIMIT)).isEqualTo(Use.FREE);
                focused(session, "one");
            }
            awaitFocus("two");
        }

        @Test
        void are_left_alone_where_the_window_had_the_focus_already() {
            activate("one");
            person.moveTo(700, 600);
            try (DesktopSession session = freeSession()) {
                focused(session, "one");
            }
            assertThat(person.activeWindow()).isEqualTo(person.client("one"));
            assertThat(person.pointer()).startsWith(700, 600);
        }
    }
}
