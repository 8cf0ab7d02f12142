package dev.deskpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deskpost.delivery.AdaptiveTimeouts.Wait;
import dev.deskpost.delivery.DeliveryOutcome.Delivered;
import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.delivery.DeliveryOutcome.Submitted;
import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.InMemoryDesktop;
import dev.deskpost.desktop.InMemoryDesktop.ChatWindow;
import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.WindowSelector;
import dev.deskpost.message.Claim;
import dev.deskpost.message.Evidence;
import dev.deskpost.message.Priority;
import dev.deskpost.message.Trigger;
import dev.deskpost.recipient.BoxKeys;
import dev.deskpost.recipient.ConfirmedBy;
import dev.deskpost.recipient.DeliverWhen;
import dev.deskpost.recipient.DraftPolicy;
import dev.deskpost.recipient.Recipient;
import dev.deskpost.recipient.RecipientSettings.InputPoint;
import dev.deskpost.recipient.RelativeTo;
import dev.deskpost.recipient.Template;
import dev.deskpost.recipient.Waiting;
import dev.deskpost.recipient.Waiting.AfterLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WindowDeliveryTest {

    private static final KeyChord PASTE = KeyChord.parse("ctrl+v");
    private static final KeyChord ENTER = KeyChord.parse("enter");
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final DeliveryProperties LIMITS = new DeliveryProperties(
            SHORT, List.of(SHORT), 0, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, Duration.ZERO);
    private static final Duration LONG = Duration.ofSeconds(5);
    private static final TimingProperties TIMINGS = new TimingProperties(
            SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT);

    private final InMemoryDesktop desktop = new InMemoryDesktop();
    private AdaptiveTimeouts timeouts = new AdaptiveTimeouts(TIMINGS);
    private final List<Step> journal = new ArrayList<>();
    private final List<Step> noted = new ArrayList<>();
    private @Nullable Step takenOverAt;
    private FailureCode refusedFor = FailureCode.INTERRUPTED;
    private boolean asks;
    private final Doubts doubts = new Doubts(Duration.ofHours(1), Duration.ofHours(1));
    private final AttemptSteps steps = new AttemptSteps() {
        @Override
        public void note(Step step) {
            noted.add(step);
        }

        @Override
        public Optional<NotSent> keep(Step step) {
            if (step == takenOverAt) {
                return Optional.of(new NotSent(refusedFor, "not any more"));
            }
            noted.add(step);
            journal.add(step);
            return Optional.empty();
        }

        @Override
        public Optional<NotSent> blocked() {
            return asks
                    ? Optional.of(new NotSent(FailureCode.RECIPIENT_BLOCKED, "it asks a person something"))
                    : Optional.empty();
        }
    };
    private ChatWindow agent;
    private ChatWindow other;
    private @Nullable WindowDelivery delivery;
    private Optional<WindowSeen> seen = Optional.empty();

    @BeforeEach
    void open_two_windows() {
        agent = desktop.open("Agent-2");
        other = desktop.open("Something else");
    }

    private static Recipient recipient() {
        return recipient(Optional.empty(), ConfirmedBy.PASTE);
    }

    private static Recipient recipient(Optional<InputPoint> input, ConfirmedBy confirmedBy) {
        return new Recipient(
                "agent-2",
                true,
                Optional.of(WindowSelector.of("^Agent-2\\b", null, null)),
                input,
                PASTE,
                ENTER,
                KeyChord.parse("ctrl+enter"),
                new BoxKeys(
                        List.of(KeyChord.parse("ctrl+a"), KeyChord.parse("delete")),
                        List.of(KeyChord.parse("ctrl+a")),
                        List.of(KeyChord.parse("ctrl+a"), KeyChord.parse("ctrl+c")),
                        List.of(KeyChord.parse("ctrl+end"))),
                Duration.ZERO,
                DraftPolicy.IGNORE,
                confirmedBy,
                Optional.empty(),
                new Template("{content}"),
                Optional.empty(),
                new Waiting(DeliverWhen.ALWAYS, Duration.ZERO, AfterLimit.DELIVER),
                Duration.ZERO,
                List.of());
    }

    private DeliveryOutcome deliver(Recipient recipient, Priority priority, boolean textLeftBehind) {
        Claim claim = new Claim(
                "msg_1", 1, 1, 3, Trigger.FIRST, recipient.id(), priority, "hello", null, Instant.EPOCH, Instant.EPOCH);
        try (DesktopSession session = desktop.acquire(SHORT).orElseThrow()) {
            delivery = new WindowDelivery(
                    claim,
                    recipient,
                    session,
                    LIMITS,
                    timeouts,
                    doubts,
                    new ClipboardFigures(),
                    new EmptyBoxes(),
                    steps,
                    textLeftBehind,
                    seen);
            return delivery.deliver();
        }
    }

    private DeliveryOutcome deliver() {
        return deliver(recipient(), Priority.NORMAL, false);
    }

    private void assertNotSent(DeliveryOutcome outcome, FailureCode code) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        NotSent.class, notSent -> assertThat(notSent.code()).isEqualTo(code));
        assertThat(agent.submitted()).isEmpty();
        assertThat(other.submitted()).isEmpty();
        assertThat(other.input()).isEmpty();
    }

    @Nested
    class A_message_that_another_executor_has_taken_over {

        @Test
        void is_not_pasted_any_more() {
            takenOverAt = Step.PASTING;
            assertNotSent(deliver(), FailureCode.INTERRUPTED);
            assertThat(agent.keys()).isEmpty();
        }

        @Test
        void is_not_submitted_any_more_and_its_text_is_taken_back() {
            takenOverAt = Step.SUBMITTING;
            assertNotSent(deliver(), FailureCode.INTERRUPTED);
            assertThat(agent.keys()).doesNotContain(ENTER);
            assertThat(agent.input()).isEmpty();
        }
    }

    @Nested
    class A_recipient_that_asks_a_person_something {

        @Test
        void gets_no_key_once_that_is_known_not_even_to_take_the_text_back() {
            takenOverAt = Step.SUBMITTING;
            refusedFor = FailureCode.RECIPIENT_BLOCKED;
            assertNotSent(deliver(), FailureCode.RECIPIENT_BLOCKED);
            assertThat(agent.keys()).extracting(KeyChord::toString).containsExactly("ctrl+v");
            assertThat(delivery.leavesText()).isTrue();
        }

        @Test
        void gets_no_key_either_when_something_else_has_failed() {
            asks = true;
            takenOverAt = Step.SUBMITTING;
            assertNotSent(deliver(), FailureCode.INTERRUPTED);
            assertThat(agent.keys()).extracting(KeyChord::toString).containsExactly("ctrl+v");
            assertThat(delivery.leavesText()).isTrue();
        }

        @Test
        void keeps_what_an_earlier_attempt_has_left() {
            asks = true;
            assertNotSent(deliver(recipient(), Priority.NORMAL, true), FailureCode.RECIPIENT_BLOCKED);
            assertThat(agent.keys()).isEmpty();
            assertThat(delivery.leavesText()).isTrue();
        }

        @Test
        void gets_no_second_paste() {
            desktop.afterKeys(keys -> {
                desktop.takeClipboard();
                asks = true;
            });
            assertThat(deliver()).isInstanceOf(NotSent.class);
            assertThat(agent.keys()).extracting(KeyChord::toString).containsExactly("ctrl+v");
        }
    }

    @Nested
    class The_waits {

        @Test
        void learn_from_what_they_measured() {
            desktop.activate(other);
            deliver();
            assertThat(Stream.of(Wait.values())
                            .filter(wait -> timeouts.timing(wait).p95() != null))
                    .containsExactly(Wait.FOCUS, Wait.FETCH, Wait.SUBMIT);
        }

        @Test
        void learn_nothing_of_a_focus_that_was_there_already() {
            desktop.activate(agent);
            deliver();
            assertThat(timeouts.timing(Wait.FOCUS).p95()).isNull();
        }

        @Test
        void become_longer_when_they_were_missed() {
            AdaptiveTimeouts learned = learnedAt(Wait.FOCUS, Wait.FETCH);
            desktop.activate(other);
            desktop.refuseFocus();
            deliver();
            assertThat(learned.limit(Wait.FOCUS))
                    .as("asked for twice, each time with the limit that counted then")
                    .isEqualTo(SHORT.multipliedBy(4));
            assertThat(learned.limit(Wait.FETCH)).isEqualTo(SHORT);
        }

        @Test
        void become_longer_for_a_text_that_was_not_fetched() {
            AdaptiveTimeouts learned = learnedAt(Wait.FETCH);
            agent.neverFetches();
            deliver();
            assertThat(learned.limit(Wait.FETCH)).isEqualTo(SHORT.multipliedBy(2));
        }

        @Test
        void learn_how_long_a_window_takes_to_be_raised() {
            agent.bounds(new Bounds(0, 0, 200, 200));
            other.bounds(new Bounds(0, 0, 200, 200));
            desktop.activate(other);
            desktop.focusWithoutRaising(agent);
            deliver(
                    recipient(Optional.of(new InputPoint(5, 5, RelativeTo.WINDOW)), ConfirmedBy.PASTE),
                    Priority.NORMAL,
                    false);
            assertThat(timeouts.timing(Wait.ACTIVATE).p95()).isNotNull();
        }

        private AdaptiveTimeouts learnedAt(Wait... waits) {
            timeouts = new AdaptiveTimeouts(new TimingProperties(
                    SHORT, LONG, SHORT, LONG, SHORT, LONG, SHORT, LONG, SHORT, LONG, SHORT, LONG, LONG));
            Stream.of(waits).forEach(wait -> timeouts.met(wait, Duration.ofMillis(1)));
            return timeouts;
        }
    }

    @Nested
    class On_a_quiet_desktop {

        @Test
        void the_text_is_pasted_submitted_and_proved() {
            assertThat(deliver()).isEqualTo(new Delivered(Evidence.PASTE));
            assertThat(agent.submitted()).containsExactly("hello");
            assertThat(other.keys()).isEmpty();
        }

        @Test
        void each_step_with_an_effect_is_durable_before_it() {
            List<Step> whenPasted = new ArrayList<>();
            List<Step> whenSubmitted = new ArrayList<>();
            desktop.beforeKeys(keys -> (keys.equals(ENTER) ? whenSubmitted : whenPasted).addAll(journal));
            deliver();
            assertThat(whenPasted).containsExactly(Step.PASTING);
            assertThat(whenSubmitted).containsExactly(Step.PASTING, Step.SUBMITTING);
        }

        @Test
        void an_urgent_message_has_submit_keys_of_its_own() {
            deliver(recipient(), Priority.URGENT, false);
            assertThat(agent.keys()).extracting(KeyChord::toString).containsExactly("ctrl+v", "ctrl+enter");
        }

        @Test
        void paste_evidence_is_not_enough_for_who_asks_for_a_receipt() {
            assertThat(deliver(recipient(Optional.empty(), ConfirmedBy.RECEIPT), Priority.NORMAL, false))
                    .isEqualTo(new Submitted());
        }

        @Test
        void a_text_left_behind_by_an_earlier_attempt_is_taken_back_first() {
            desktop.activate(agent);
            deliver(recipient(), Priority.NORMAL, true);
            assertThat(agent.keys())
                    .extracting(KeyChord::toString)
                    .containsExactly("ctrl+a", "delete", "ctrl+v", "enter");
            assertThat(delivery.leavesText()).isFalse();
        }
    }

    @Nested
    class Finding_the_window {

        @Test
        void fails_without_a_match() {
            desktop.close(agent);
            assertNotSent(deliver(), FailureCode.WINDOW_NOT_FOUND);
        }

        @Test
        void fails_in_the_same_way_when_a_text_was_left_in_it() {
            desktop.close(agent);
            assertNotSent(deliver(recipient(), Priority.NORMAL, true), FailureCode.WINDOW_NOT_FOUND);
            assertThat(delivery.leavesText()).isTrue();
        }

        @Test
        void fails_without_a_key_where_it_is_a_terminal_and_the_keys_are_those_of_a_chat() {
            agent.windowClass("XTerm");
            DeliveryOutcome outcome = deliver();
            assertNotSent(outcome, FailureCode.PROFILE_MISMATCH);
            assertThat(((NotSent) outcome).detail()).contains("\"profile\":\"terminal\"");
            assertThat(agent.keys()).isEmpty();
        }

        @Test
        void fails_with_two_matches_and_names_them() {
            desktop.open("Agent-2 the second");
            DeliveryOutcome outcome = deliver();
            assertNotSent(outcome, FailureCode.WINDOW_AMBIGUOUS);
            assertThat(((NotSent) outcome).detail()).contains("'Agent-2'").contains("'Agent-2 the second'");
        }
    }

    @Nested
    class The_focus {

        @Test
        void that_another_window_keeps_is_said_with_its_name_without_what_could_forge_a_line() {
            other.title("Allow?\n\u202e\u001b[31m" + "x".repeat(200));
            desktop.refuseFocus();
            DeliveryOutcome outcome = deliver();
            assertNotSent(outcome, FailureCode.FOCUS_NOT_ACQUIRED);
            assertThat(((NotSent) outcome).detail())
                    .contains(
                            "'Allow?[31m" + "x".repeat(70) + "…' (class Chat, process chat 4711), of the same program");
        }

        @Test
        void is_not_acquired_when_the_window_manager_refuses() {
            desktop.refuseFocus();
            assertNotSent(deliver(), FailureCode.FOCUS_NOT_ACQUIRED);
            assertThat(agent.keys()).isEmpty();
        }

        @Test
        void is_won_back_when_it_is_stolen_right_before_the_keys() {
            boolean[] stolen = new boolean[2];
            desktop.beforeKeys(keys -> {
                int which = keys.equals(ENTER) ? 1 : 0;
                if (!stolen[which]) {
                    stolen[which] = true;
                    desktop.activate(other);
                }
            });
            assertThat(deliver()).isInstanceOf(Delivered.class);
            assertThat(agent.submitted()).containsExactly("hello");
            assertThat(other.keys()).isEmpty();
        }

        @Test
        void is_lost_when_it_cannot_be_won_back_before_the_paste() {
            desktop.beforeKeys(keys -> {
                desktop.activate(other);
                desktop.refuseFocus();
            });
            assertNotSent(deliver(), FailureCode.FOCUS_LOST);
            assertThat(agent.keys()).isEmpty();
            assertThat(delivery.leavesText()).isFalse();
        }

        @Test
        void is_lost_after_the_paste_and_the_text_that_stays_behind_is_known() {
            desktop.beforeKeys(keys -> {
                if (keys.equals(ENTER)) {
                    desktop.activate(other);
                    desktop.refuseFocus();
                }
            });
            assertNotSent(deliver(), FailureCode.FOCUS_LOST);
            assertThat(agent.input()).isEqualTo("hello");
            assertThat(delivery.leavesText()).isTrue();
            assertThat(delivery.mayBeSubmitted()).isFalse();
        }
    }

    @Nested
    class A_grabbed_keyboard {

        @Test
        void is_waited_for_while_a_menu_is_open() {
            int[] presses = {0};
            desktop.beforeKeys(keys -> desktop.grabKeyboard(presses[0]++ == 0));
            assertThat(deliver()).isInstanceOf(Delivered.class);
            assertThat(agent.submitted()).containsExactly("hello");
        }

        @Test
        void that_is_not_given_back_costs_no_try_and_gets_no_key() {
            desktop.grabKeyboard(true);
            assertNotSent(deliver(), FailureCode.INPUT_GRABBED);
            assertThat(FailureCode.INPUT_GRABBED.isDesktopWide()).isTrue();
        }
    }

    @Nested
    class The_input_point {

        private Recipient clickAt(int x, int y) {
            return recipient(Optional.of(new InputPoint(x, y, RelativeTo.WINDOW)), ConfirmedBy.PASTE);
        }

        @Test
        void is_clicked_when_the_window_is_on_top_there() {
            assertThat(deliver(clickAt(5, -5), Priority.NORMAL, false)).isInstanceOf(Delivered.class);
        }

        @Test
        void may_lie_outside_of_a_window_that_was_made_smaller() {
            agent.bounds(new Bounds(0, 0, 20, 20));
            assertNotSent(deliver(clickAt(50, 50), Priority.NORMAL, false), FailureCode.INPUT_OUTSIDE_WINDOW);
        }

        @Test
        void that_is_measured_from_the_screen_may_mean_another_place_of_a_window_that_was_moved() {
            Recipient onScreen = recipient(Optional.of(new InputPoint(20, 20, RelativeTo.SCREEN)), ConfirmedBy.PASTE);
            assertThat(deliver(onScreen, Priority.NORMAL, false)).isInstanceOf(Delivered.class);
            seen = delivery.where();
            assertThat(seen).contains(new WindowSeen(new Bounds(10, 10, 140, 400), new Point(10, 10)));
            assertThat(deliver(onScreen, Priority.NORMAL, false)).isInstanceOf(Delivered.class);

            agent.bounds(new Bounds(10, 10, 140, 300));
            int keys = agent.keys().size();
            assertThat(deliver(onScreen, Priority.NORMAL, false))
                    .isInstanceOfSatisfying(
                            NotSent.class, notSent -> assertThat(notSent.code()).isEqualTo(FailureCode.WINDOW_MOVED));
            assertThat(agent.keys()).hasSize(keys);
        }

        @Test
        void follows_a_window_that_is_moved_right_before_the_click() {
            Bounds then = new Bounds(300, 200, 200, 100);
            desktop.beforeClicks(() -> agent.bounds(then));
            assertThat(deliver(clickAt(5, -5), Priority.NORMAL, false)).isInstanceOf(Delivered.class);
            assertThat(delivery.where()).contains(new WindowSeen(then, new Point(5, 95)));
        }

        @Test
        void that_is_measured_from_the_screen_does_not_follow_it() {
            Recipient onScreen = recipient(Optional.of(new InputPoint(20, 20, RelativeTo.SCREEN)), ConfirmedBy.PASTE);
            desktop.beforeClicks(() -> agent.bounds(new Bounds(10, 10, 140, 300)));
            assertNotSent(deliver(onScreen, Priority.NORMAL, false), FailureCode.WINDOW_MOVED);
            assertThat(agent.keys()).isEmpty();
        }

        @Test
        void is_given_up_in_a_window_that_never_stays() {
            AtomicInteger moves = new AtomicInteger();
            desktop.beforeClicks(() -> agent.bounds(new Bounds(10, 10, 140, 300 + moves.incrementAndGet() % 9)));
            assertNotSent(deliver(clickAt(5, 5), Priority.NORMAL, false), FailureCode.WINDOW_MOVED);
            assertThat(moves).hasValueGreaterThan(1);
        }

        @Test
        void that_is_measured_from_the_window_follows_it() {
            seen = Optional.of(new WindowSeen(new Bounds(500, 500, 100, 100), new Point(5, 5)));
            assertThat(deliver(clickAt(5, -5), Priority.NORMAL, false)).isInstanceOf(Delivered.class);
        }

        @Test
        void may_lie_outside_of_the_screen_with_a_part_of_the_window() {
            agent.bounds(new Bounds(-100, 10, 140, 400));
            assertNotSent(deliver(clickAt(5, 5), Priority.NORMAL, false), FailureCode.INPUT_OUTSIDE_WINDOW);
        }

        @Test
        void may_be_covered() {
            desktop.activate(agent);
            desktop.refuseFocus();
            ChatWindow cover = desktop.open("cover");
            cover.bounds(new Bounds(0, 0, 1600, 1000));
            desktop.focusWithoutRaising(agent);
            assertNotSent(deliver(clickAt(5, 5), Priority.NORMAL, false), FailureCode.INPUT_COVERED);
        }
    }

    @Nested
    class The_paste {

        @Test
        void that_is_not_fetched_is_not_submitted_and_counts_as_left_behind_because_its_keys_may_still_wait() {
            agent.neverFetches();
            assertNotSent(deliver(), FailureCode.PASTE_NOT_FETCHED);
            assertThat(agent.keys()).containsExactly(PASTE);
            assertThat(delivery.leavesText()).isTrue();
        }

        @Test
        void whose_keys_were_pressed_by_a_call_that_did_not_return_counts_as_left_behind() {
            desktop.afterKeys(keys -> {
                throw new DesktopUnavailable("gone");
            });
            assertThatThrownBy(() -> deliver()).isInstanceOf(DesktopUnavailable.class);
            assertThat(delivery.leavesText()).isTrue();
            assertThat(delivery.mayBeSubmitted()).isFalse();
        }

        @Test
        void whose_clipboard_was_taken_is_taken_back_and_not_submitted() {
            desktop.afterKeys(keys -> {
                if (keys.equals(PASTE)) {
                    desktop.takeClipboard();
                }
            });
            assertNotSent(deliver(), FailureCode.CLIPBOARD_TAKEN);
            assertThat(agent.input()).isEmpty();
            assertThat(delivery.leavesText()).isFalse();
        }

        @Test
        void is_not_submitted_to_a_window_that_has_another_title_by_then() {
            desktop.afterKeys(keys -> {
                if (keys.equals(PASTE)) {
                    agent.title("Another tab");
                }
            });
            assertNotSent(deliver(), FailureCode.WINDOW_CHANGED);
        }

        @Test
        void is_not_submitted_to_a_window_that_has_closed_by_then() {
            desktop.afterKeys(keys -> desktop.close(agent));
            assertNotSent(deliver(), FailureCode.WINDOW_NOT_FOUND);
        }
    }

    @Nested
    class A_desktop_that_goes {

        @Test
        void before_the_submit_keys_leaves_no_doubt() {
            desktop.beforeKeys(keys -> desktop.unavailable("gone"));
            assertThatThrownBy(() -> deliver()).isInstanceOf(DesktopUnavailable.class);
            assertThat(delivery.mayBeSubmitted()).isFalse();
        }

        @Test
        void during_the_submit_keys_leaves_doubt() {
            desktop.afterKeys(keys -> {
                if (keys.equals(ENTER)) {
                    throw new DesktopUnavailable("gone");
                }
            });
            assertThatThrownBy(() -> deliver()).isInstanceOf(DesktopUnavailable.class);
            assertThat(delivery.mayBeSubmitted()).isTrue();
        }
    }
}
