package dev.deskpost.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deskpost.desktop.GuardedClipboard.Fetch;
import dev.deskpost.desktop.GuardedClipboard.Offer;
import dev.deskpost.desktop.WindowSelector.Match;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every desktop has to keep to, whatever window system is beneath it. */
public abstract class DesktopContract {

    protected static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final KeyChord PASTE = KeyChord.parse("ctrl+v");
    private static final KeyChord SUBMIT = KeyChord.parse("enter");

    private final List<AutoCloseable> opened = new ArrayList<>();

    protected abstract Desktop desktop();

    /** Two chat windows, {@code one} and {@code two}, side by side, and what can happen to them. */
    protected abstract Rig rig();

    /** The world around the desktop. What a method does has happened when it returns. */
    protected interface Rig {

        void title(String window, String title);

        void close(String window);

        /** A person activates a window. */
        void activate(String window);

        /** Waits until the program itself has come to know that its window has the focus. */
        void awaitNoticed(String window);

        /** A window of somebody else lies over all of this one, and stays there. */
        void cover(String window);

        /** Another program takes the clipboard. */
        void takeClipboard();

        /** What another program gets when it reads the clipboard, or empty if it is refused. */
        Optional<String> readClipboard();

        /** The window does nothing for paste keys. */
        void ignorePaste(String window);

        List<String> submitted(String window);

        String input(String window);
    }

    @AfterEach
    void close_what_was_opened() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    protected final DesktopSession session() {
        DesktopSession session = desktop().acquire(LIMIT).orElseThrow();
        opened.add(session);
        return session;
    }

    protected final Target target(DesktopSession session, String title) {
        Match match = WindowSelector.of("^" + title + "$", null, null)
                .among(session.windows().all());
        assertThat(match).isInstanceOf(Match.One.class);
        return ((Match.One) match).target();
    }

    private void focus(DesktopSession session, Target target) {
        assertThat(session.windows().focus(target, LIMIT)).isEqualTo(Verdict.HELD);
        rig().awaitNoticed(target.window().title());
    }

    private static void press(DesktopSession session, Target target, KeyChord keys) {
        assertThat(session.input().press(target, List.of(keys))).isEqualTo(Verdict.HELD);
    }

    private Offer offer(DesktopSession session, String text, Target target) {
        Offer offer = session.clipboard().offer(ClipboardContent.ofText(text), target, PASTE);
        opened.add(0, offer);
        return offer;
    }

    private static Point middle(Target target) {
        Bounds bounds = target.window().bounds();
        return new Point(bounds.x() + bounds.width() / 2, bounds.y() + bounds.height() / 2);
    }

    /** What the window records needs a moment to be written. */
    private void awaitSubmitted(String window, String... texts) {
        Awaitility.await().atMost(LIMIT).until(() -> rig().submitted(window), List.of(texts)::equals);
    }

    @Nested
    class The_lock {

        @Test
        void is_free_at_first_and_says_what_kind_of_desktop_it_is() {
            assertThat(desktop().status().available()).isTrue();
            assertThat(desktop().status().reason()).isNull();
            assertThat(desktop().acquire(SHORT)).hasValueSatisfying(DesktopSession::close);
        }

        @Test
        void lets_nobody_else_in_while_it_is_held() throws Exception {
            session();
            CompletableFuture<Boolean> other =
                    CompletableFuture.supplyAsync(() -> desktop().acquire(SHORT).isPresent());
            assertThat(other.get(5, TimeUnit.SECONDS)).isFalse();
        }

        @Test
        void is_handed_on_when_the_session_closes() throws Exception {
            DesktopSession first = desktop().acquire(LIMIT).orElseThrow();
            CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() -> {
                Optional<DesktopSession> session = desktop().acquire(LIMIT);
                session.ifPresent(DesktopSession::close);
                return session.isPresent();
            });
            first.close();
            assertThat(other.get(5, TimeUnit.SECONDS)).isTrue();
        }

        @Test
        void refuses_a_second_session_inside_the_first() {
            session();
            assertThatThrownBy(() -> desktop().acquire(SHORT)).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void is_not_taken_by_an_interrupted_thread_which_stays_interrupted() throws Exception {
            session();
            CompletableFuture<Boolean> emptyAndInterrupted = new CompletableFuture<>();
            Thread waiting = new Thread(() -> {
                boolean empty = desktop().acquire(LIMIT).isEmpty();
                emptyAndInterrupted.complete(empty && Thread.currentThread().isInterrupted());
            });
            waiting.start();
            waiting.interrupt();
            assertThat(emptyAndInterrupted.get(5, TimeUnit.SECONDS)).isTrue();
        }

        @Test
        void gives_nothing_to_a_closed_session() {
            DesktopSession session = desktop().acquire(LIMIT).orElseThrow();
            session.close();
            session.close();
            assertThatThrownBy(session::windows).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(session::clipboard).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(session::input).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> session.calibrate(LIMIT)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Nested
    class Windows_of_the_desktop {

        @Test
        void are_listed_with_and_without_a_session() {
            assertThat(desktop().windows()).extracting(Window::title).contains("one", "two");
            assertThat(session().windows().all()).extracting(Window::title).contains("one", "two");
        }

        @Test
        void come_to_the_front_and_get_the_focus() {
            DesktopSession session = session();
            for (String title : List.of("one", "two", "one")) {
                Target target = target(session, title);
                focus(session, target);
                assertThat(session.windows().check(target)).isEqualTo(Verdict.HELD);
            }
        }

        @Test
        void are_not_focused_any_more_when_another_is_activated() {
            DesktopSession session = session();
            Target one = target(session, "one");
            focus(session, one);
            rig().activate("two");
            assertThat(session.windows().check(one)).isEqualTo(Verdict.FOCUS_ELSEWHERE);
        }

        @Test
        void are_gone_when_they_were_closed() {
            DesktopSession session = session();
            Target one = target(session, "one");
            rig().close("one");
            assertThat(session.windows().focus(one, SHORT)).isEqualTo(Verdict.GONE);
            assertThat(session.windows().check(one)).isEqualTo(Verdict.GONE);
            assertThat(session.windows().hit(one, middle(one), SHORT)).isEqualTo(Verdict.GONE);
        }

        @Test
        void are_others_when_their_title_does_not_match_any_more() {
            DesktopSession session = session();
            Target one = target(session, "one");
            focus(session, one);
            rig().title("one", "another tab");
            assertThat(session.windows().check(one)).isEqualTo(Verdict.CHANGED);
            assertThat(session.input().press(one, List.of(SUBMIT))).isEqualTo(Verdict.CHANGED);
        }
    }

    @Nested
    class A_calibration {

        @Test
        void says_how_quick_the_desktop_is_and_leaves_the_focus_where_it_was() {
            DesktopSession session = session();
            Target one = target(session, "one");
            focus(session, one);
            assertThat(session.calibrate(LIMIT)).isInstanceOf(Calibration.Measured.class);
            assertThat(session.windows().check(one)).isEqualTo(Verdict.HELD);
        }
    }

    @Nested
    class Clicks {

        @Test
        void reach_a_window_that_is_on_top_at_the_point() {
            DesktopSession session = session();
            Target one = target(session, "one");
            focus(session, one);
            assertThat(session.windows().hit(one, middle(one), LIMIT)).isEqualTo(Verdict.HELD);
            assertThat(session.input().click(one, one.window().bounds(), middle(one), LIMIT))
                    .isEqualTo(Verdict.HELD);
        }

        @Test
        void are_refused_outside_of_the_window() {
            DesktopSession session = session();
            Target one = target(session, "one");
            Bounds bounds = one.window().bounds();
            Point outside = new Point(bounds.x() + bounds.width(), bounds.y() + 1);
            assertThat(session.windows().hit(one, outside, SHORT)).isEqualTo(Verdict.OUTSIDE);
            assertThat(session.input().click(one, one.window().bounds(), outside, LIMIT))
                    .isEqualTo(Verdict.OUTSIDE);
        }

        @Test
        void are_refused_if_the_window_is_not_where_the_point_was_worked_out_for() {
            DesktopSession session = session();
            Target one = target(session, "one");
            focus(session, one);
            Bounds is = one.window().bounds();
            for (Bounds was : List.of(
                    new Bounds(is.x() - 3, is.y(), is.width(), is.height()),
                    new Bounds(is.x(), is.y(), is.width(), is.height() + 40))) {
                assertThat(session.input().click(one, was, middle(one), LIMIT)).isEqualTo(Verdict.MOVED);
            }
            assertThat(session.input().click(one, is, middle(one), LIMIT)).isEqualTo(Verdict.HELD);
        }

        @Test
        void are_refused_where_something_lies_on_top() {
            DesktopSession session = session();
            Target one = target(session, "one");
            rig().cover("one");
            assertThat(session.windows().hit(one, middle(one), SHORT)).isEqualTo(Verdict.COVERED);
            assertThat(session.input().click(one, one.window().bounds(), middle(one), LIMIT))
                    .isEqualTo(Verdict.COVERED);
        }
    }

    @Nested
    class Keys {

        @Test
        void reach_the_window_that_has_the_focus() {
            DesktopSession session = session();
            Target one = target(session, "one");
            focus(session, one);
            Offer offer = offer(session, "hello", one);
            offer.expectPaste();
            assertThat(session.input().press(one, List.of(PASTE))).isEqualTo(Verdict.HELD);
            assertThat(offer.awaitFetch(LIMIT)).matches(Fetch::isRead);
            assertThat(session.input().press(one, List.of(SUBMIT))).isEqualTo(Verdict.HELD);
            awaitSubmitted("one", "hello");
        }

        @Test
        void are_not_pressed_while_another_window_has_the_focus() {
            DesktopSession session = session();
            Target one = target(session, "one");
            Target two = target(session, "two");
            focus(session, two);
            assertThat(session.input().press(one, List.of(SUBMIT))).isEqualTo(Verdict.FOCUS_ELSEWHERE);
            press(session, two, SUBMIT);
            awaitSubmitted("two", "");
            assertThat(rig().submitted("one")).isEmpty();
        }
    }

    @Nested
    class The_clipboard {

        @Test
        void hands_over_any_text_unharmed() {
            String text = "é 中 🚀 שלום \"quotes\"\n\tand a second line\n" + "0123456789abcdef".repeat(2048) + "\nend";
            DesktopSession session = session();
            Target one = target(session, "one");
            focus(session, one);
            Offer offer = offer(session, text, one);
            offer.expectPaste();
            press(session, one, PASTE);
            assertThat(offer.awaitFetch(LIMIT)).matches(Fetch::isRead);
            press(session, one, SUBMIT);
            awaitSubmitted("one", text);
        }

        @Test
        void gives_nothing_to_another_program() {
            DesktopSession session = session();
            Target one = target(session, "one");
            Offer offer = offer(session, "for one only", one);
            assertThat(rig().readClipboard()).isEmpty();
            assertThat(offer.staysFor(Duration.ZERO)).isTrue();
        }

        @Test
        void tells_when_another_program_takes_it() {
            DesktopSession session = session();
            Offer offer = offer(session, "ours", target(session, "one"));
            offer.expectPaste();
            assertThat(offer.staysFor(Duration.ofMillis(1))).isTrue();
            rig().takeClipboard();
            assertThat(offer.awaitFetch(LIMIT)).isEqualTo(Fetch.TAKEN);
            assertThat(offer.staysFor(LIMIT)).isFalse();
            assertThat(offer.staysFor(Duration.ZERO)).isFalse();
        }

        @Test
        void says_so_when_the_window_did_not_fetch_and_lets_it_have_nothing_later() {
            rig().ignorePaste("one");
            DesktopSession session = session();
            Target one = target(session, "one");
            focus(session, one);
            Offer offer = offer(session, "never read", one);
            offer.expectPaste();
            press(session, one, PASTE);
            assertThat(offer.awaitFetch(SHORT)).isEqualTo(Fetch.NOT_FETCHED);
            assertThat(offer.revoke()).isTrue();
            assertThat(rig().readClipboard()).isEmpty();
            assertThat(rig().input("one")).isEmpty();
        }

        @Test
        void belongs_to_the_latest_offer() {
            DesktopSession session = session();
            Target one = target(session, "one");
            focus(session, one);
            Offer first = offer(session, "first", one);
            Offer second = offer(session, "second", one);
            second.expectPaste();
            press(session, one, PASTE);
            assertThat(second.awaitFetch(LIMIT)).matches(Fetch::isRead);
            assertThat(first.staysFor(Duration.ZERO)).isFalse();
            press(session, one, SUBMIT);
            awaitSubmitted("one", "second");
        }
    }
}
