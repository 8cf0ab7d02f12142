package dev.deskpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.delivery.DeliveryOutcome.Delivered;
import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.InMemoryDesktop;
import dev.deskpost.desktop.InMemoryDesktop.ChatWindow;
import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Presence;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.WindowSelector;
import dev.deskpost.desktop.WindowSelector.Match;
import dev.deskpost.message.Claim;
import dev.deskpost.message.Priority;
import dev.deskpost.message.Trigger;
import dev.deskpost.recipient.BoxKeys;
import dev.deskpost.recipient.ConfirmedBy;
import dev.deskpost.recipient.DeliverWhen;
import dev.deskpost.recipient.DraftPolicy;
import dev.deskpost.recipient.Recipient;
import dev.deskpost.recipient.Template;
import dev.deskpost.recipient.Waiting;
import dev.deskpost.recipient.Waiting.AfterLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What stands in the input box before, and what other programs do to the clipboard meanwhile. */
class WritingTest {

    private static final KeyChord PASTE = KeyChord.parse("ctrl+v");
    private static final KeyChord ENTER = KeyChord.parse("enter");
    private static final WindowSelector WINDOW = WindowSelector.of("^Agent-2\\b", null, null);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration SUBMIT_DELAY = Duration.ofMillis(120);
    private static final DeliveryProperties LIMITS = new DeliveryProperties(
            SHORT, List.of(SHORT), 0, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, Duration.ZERO);
    private static final TimingProperties TIMINGS = new TimingProperties(
            SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT);

    private final InMemoryDesktop desktop = new InMemoryDesktop();
    private final List<Step> noted = new ArrayList<>();
    private final EmptyBoxes emptyBoxes = new EmptyBoxes();
    private final ClipboardFigures figures = new ClipboardFigures();
    private final Doubts doubts = new Doubts(Duration.ofHours(1), Duration.ofHours(1));
    private final AttemptSteps steps = new AttemptSteps() {
        @Override
        public void note(Step step) {
            noted.add(step);
        }

        @Override
        public Optional<NotSent> keep(Step step) {
            noted.add(step);
            return Optional.empty();
        }
    };
    private ChatWindow agent;
    private String content = "hello";

    /** Whether the last delivery may have left its text in the box. */
    private boolean leftText;

    @BeforeEach
    void open_a_window() {
        agent = desktop.open("Agent-2");
    }

    private DeliveryOutcome deliver(DraftPolicy draft) {
        try (DesktopSession session = desktop.acquire(SHORT).orElseThrow()) {
            return deliver(draft, session);
        }
    }

    private DeliveryOutcome deliver(DraftPolicy draft, DesktopSession session) {
        KeyChord all = KeyChord.parse("ctrl+a");
        Recipient recipient = new Recipient(
                "agent-2",
                true,
                Optional.of(WINDOW),
                Optional.empty(),
                PASTE,
                ENTER,
                KeyChord.parse("ctrl+enter"),
                new BoxKeys(
                        List.of(all, KeyChord.parse("delete")),
                        List.of(all),
                        List.of(all, KeyChord.parse("ctrl+c")),
                        List.of(KeyChord.parse("ctrl+end"))),
                SUBMIT_DELAY,
                draft,
                ConfirmedBy.PASTE,
                Optional.empty(),
                new Template("{content}"),
                Optional.empty(),
                new Waiting(DeliverWhen.ALWAYS, Duration.ZERO, AfterLimit.DELIVER),
                Duration.ZERO,
                List.of());
        Claim claim = new Claim(
                "msg_1",
                1,
                1,
                3,
                Trigger.FIRST,
                recipient.id(),
                Priority.NORMAL,
                content,
                null,
                Instant.EPOCH,
                Instant.EPOCH);
        WindowDelivery delivery = new WindowDelivery(
                claim,
                recipient,
                session,
                LIMITS,
                new AdaptiveTimeouts(TIMINGS),
                doubts,
                figures,
                emptyBoxes,
                steps,
                leftText,
                Optional.empty());
        DeliveryOutcome outcome = delivery.deliver();
        leftText = delivery.leavesText();
        return outcome;
    }

    private void doubt() {
        doubts.notSettled(target());
    }

    private Target target() {
        return ((Match.One) WINDOW.among(desktop.windows())).target();
    }

    private void assertDeliveredOnce(DeliveryOutcome outcome) {
        assertThat(outcome).isInstanceOf(Delivered.class);
        desktop.workOff(agent);
        assertThat(agent.submitted()).containsExactly("hello");
    }

    private void assertNotSent(DeliveryOutcome outcome, FailureCode code) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        NotSent.class, notSent -> assertThat(notSent.code()).isEqualTo(code));
        assertThat(agent.submitted()).isEmpty();
    }

    /** Once, before these keys. */
    private void stealBefore(KeyChord when, String stolen) {
        boolean[] done = new boolean[1];
        desktop.beforeKeys(keys -> {
            if (keys.equals(when) && !done[0]) {
                done[0] = true;
                desktop.takeClipboard(stolen);
            }
        });
    }

    @Nested
    class A_draft {

        @BeforeEach
        void somebody_has_begun_to_write() {
            agent.leaveText("my draft");
        }

        @Test
        void that_is_to_be_preserved_stands_there_again_after_the_message() {
            desktop.takeClipboard("the person's");
            assertDeliveredOnce(deliver(DraftPolicy.PRESERVE));
            assertThat(agent.input()).isEqualTo("my draft");
            assertThat(noted).containsSubsequence(Step.DRAFT_KEPT, Step.PASTED, Step.SUBMITTED, Step.DRAFT_RESTORED);
            assertThat(desktop.clipboard()).hasValue("the person's");
        }

        @Test
        void that_is_to_be_preserved_stands_there_again_after_a_failure() {
            doubt();
            desktop.afterKeys(keys -> {
                if (keys.equals(PASTE) && agent.input().contains("hello")) {
                    agent.leaveText(" and more");
                }
            });
            assertNotSent(deliver(DraftPolicy.PRESERVE), FailureCode.PASTE_NOT_SEEN);
            assertThat(agent.input()).isEqualTo("my draft");
            assertThat(noted).contains(Step.TAKEN_BACK).doesNotContain(Step.DRAFT_RESTORED);
        }

        @Test
        void that_cannot_be_put_back_leaves_the_message_delivered() {
            desktop.afterKeys(keys -> {
                if (noted.contains(Step.SUBMITTED) && keys.equals(PASTE)) {
                    throw new IllegalStateException("a bug");
                }
            });
            assertDeliveredOnce(deliver(DraftPolicy.PRESERVE));
            assertThat(noted).doesNotContain(Step.DRAFT_RESTORED);
        }

        @Test
        void is_not_looked_for_in_a_box_that_nobody_has_touched_since_it_was_submitted() {
            try (DesktopSession session = desktop.acquire(SHORT).orElseThrow()) {
                deliver(DraftPolicy.CLEAR, session);
                int before = agent.keys().size();
                assertThat(deliver(DraftPolicy.PRESERVE, session)).isInstanceOf(Delivered.class);
                assertThat(agent.keys().subList(before, agent.keys().size()))
                        .containsExactly(KeyChord.parse("ctrl+a"), PASTE, ENTER);
            }
        }

        @Test
        void of_a_person_who_was_there_in_between_is_kept() {
            try (DesktopSession session = desktop.acquire(SHORT).orElseThrow()) {
                deliver(DraftPolicy.CLEAR, session);
                agent.leaveText("another draft");
                assertThat(deliver(DraftPolicy.PRESERVE, session)).isInstanceOf(Delivered.class);
                assertThat(agent.input()).isEqualTo("another draft");
            }
        }

        @Test
        void is_looked_for_again_when_others_had_the_desktop_in_between() {
            deliver(DraftPolicy.CLEAR);
            int before = agent.keys().size();
            deliver(DraftPolicy.PRESERVE);
            assertThat(agent.keys().subList(before, agent.keys().size())).contains(KeyChord.parse("ctrl+c"));
        }

        @Test
        void that_we_put_back_ourselves_is_kept_once_more() {
            try (DesktopSession session = desktop.acquire(SHORT).orElseThrow()) {
                deliver(DraftPolicy.PRESERVE, session);
                deliver(DraftPolicy.PRESERVE, session);
                assertThat(agent.input()).isEqualTo("my draft");
                assertThat(agent.submitted()).containsExactly("hello", "hello");
            }
        }

        @Test
        void of_white_space_is_none() {
            desktop.close(agent);
            agent = desktop.open("Agent-2");
            agent.leaveText(" \n\t");
            assertDeliveredOnce(deliver(DraftPolicy.PRESERVE));
            assertThat(agent.input()).isEmpty();
            assertThat(noted).doesNotContain(Step.DRAFT_KEPT);
        }

        @Test
        void that_a_busy_program_copies_and_does_not_hand_over_stays_and_is_no_theft() {
            agent.handsOver(false);
            assertNotSent(deliver(DraftPolicy.PRESERVE), FailureCode.PASTE_NOT_FETCHED);
            assertThat(agent.input()).isEqualTo("my draft");
            assertThat(leftText).isFalse();
            assertThat(figures.losses()).isZero();
        }

        @Test
        void that_a_busy_program_still_owes_us_is_not_looked_for_again_until_it_answers() {
            agent.handsOver(false);
            deliver(DraftPolicy.PRESERVE);
            int pressed = agent.keys().size();
            assertNotSent(deliver(DraftPolicy.PRESERVE), FailureCode.PASTE_NOT_FETCHED);
            assertThat(agent.keys()).hasSize(pressed);

            agent.handsOver(true);
            assertDeliveredOnce(deliver(DraftPolicy.PRESERVE));
            assertThat(agent.input()).isEqualTo("my draft");
        }

        @Test
        void of_a_window_that_did_not_even_copy_is_looked_for_by_the_next_attempt() {
            agent.neverFetches();
            assertNotSent(deliver(DraftPolicy.PRESERVE), FailureCode.PASTE_NOT_FETCHED);
            assertThat(leftText).isFalse();
            deliver(DraftPolicy.PRESERVE);
            assertThat(agent.input()).isEqualTo("my draft");
        }

        @Test
        void over_which_a_theft_may_have_come_is_not_emptied() {
            desktop.beforeKeys(keys -> {
                if (keys.equals(PASTE)) {
                    desktop.takeClipboard("stolen");
                }
            });
            assertNotSent(deliver(DraftPolicy.PRESERVE), FailureCode.CLIPBOARD_TAKEN);
            assertThat(agent.keys()).doesNotContain(KeyChord.parse("delete"));
            assertThat(leftText).isFalse();
        }

        @Test
        void that_is_to_be_cleared_is_gone() {
            assertDeliveredOnce(deliver(DraftPolicy.CLEAR));
            assertThat(agent.input()).isEmpty();
        }

        @Test
        void that_is_to_be_ignored_stands_before_the_message() {
            assertThat(deliver(DraftPolicy.IGNORE)).isInstanceOf(Delivered.class);
            assertThat(agent.submitted()).containsExactly("my drafthello");
        }
    }

    @Nested
    class A_theft_of_the_clipboard {

        @Test
        void before_the_fetch_starts_over_in_the_same_attempt() {
            stealBefore(PASTE, "stolen");
            assertDeliveredOnce(deliver(DraftPolicy.CLEAR));
            assertThat(agent.keys().stream().filter(PASTE::equals)).hasSize(2);
            assertThat(noted).containsOnlyOnce(Step.PASTING, Step.READ_BACK, Step.SUBMITTING);
            assertThat(List.of(figures.offers(), figures.offersAgain(), figures.losses()))
                    .containsExactly(1L, 1L, 1L);
        }

        @Test
        void between_fetch_and_submit_starts_over_in_the_same_attempt() {
            stealBefore(ENTER, "stolen");
            assertDeliveredOnce(deliver(DraftPolicy.CLEAR));
            assertThat(agent.keys().stream().filter(PASTE::equals)).hasSize(2);
            assertThat(agent.keys().stream().filter(ENTER::equals)).hasSize(1);
            assertThat(noted).contains(Step.READ_BACK);
        }

        @Test
        void is_not_taken_for_a_draft() {
            stealBefore(PASTE, "stolen");
            assertDeliveredOnce(deliver(DraftPolicy.PRESERVE));
            assertThat(noted).doesNotContain(Step.DRAFT_KEPT);
            assertThat(agent.input()).isEmpty();
        }

        @Test
        void leaves_doubt_also_for_the_next_message() {
            stealBefore(PASTE, "stolen");
            deliver(DraftPolicy.CLEAR);
            noted.clear();
            deliver(DraftPolicy.CLEAR);
            assertThat(noted).contains(Step.READ_BACK);
            assertThat(agent.submitted()).containsExactly("hello", "hello");
        }
    }

    @Nested
    class With_a_doubt {

        @BeforeEach
        void something_went_wrong_before() {
            doubt();
        }

        @Test
        void the_box_is_read_back_before_it_is_submitted() {
            assertDeliveredOnce(deliver(DraftPolicy.CLEAR));
            assertThat(noted).containsSubsequence(Step.PASTED, Step.READ_BACK, Step.SUBMITTING);
            assertThat(doubts.about(target())).isFalse();
        }

        @Test
        void a_wrong_content_is_not_submitted_and_taken_back() {
            desktop.afterKeys(keys -> {
                if (keys.equals(PASTE)) {
                    agent.leaveText("!");
                }
            });
            assertNotSent(deliver(DraftPolicy.CLEAR), FailureCode.PASTE_NOT_SEEN);
            assertThat(agent.input()).isEmpty();
            assertThat(agent.keys()).doesNotContain(ENTER);
        }

        @Test
        void white_space_that_an_editor_has_changed_is_no_other_content() {
            desktop.afterKeys(keys -> {
                if (keys.equals(PASTE)) {
                    agent.leaveText("\n");
                }
            });
            assertThat(deliver(DraftPolicy.CLEAR)).isInstanceOf(Delivered.class);
        }

        @Test
        void the_submit_keys_come_no_sooner_after_the_paste_than_the_recipient_allows() {
            assertDeliveredOnce(deliver(DraftPolicy.CLEAR));
            assertThat(desktop.stays()).contains(SUBMIT_DELAY);
        }
    }

    @Nested
    class A_program_that_reads_the_text_before_it_pastes_it {

        @BeforeEach
        void is_a_browser() {
            agent.readsAhead();
        }

        @Test
        void has_pasted_it_before_it_is_submitted() {
            assertDeliveredOnce(deliver(DraftPolicy.PRESERVE));
            assertThat(noted).containsSubsequence(Step.PASTED, Step.READ_BACK, Step.SUBMITTING);
        }

        @Test
        void has_pasted_it_before_another_text_is_offered() {
            ChatWindow first = agent;
            try (DesktopSession session = desktop.acquire(SHORT).orElseThrow()) {
                deliver(DraftPolicy.CLEAR, session);
                desktop.close(agent);
                open_a_window();
                deliver(DraftPolicy.CLEAR, session);
                desktop.workOff(first);
            }
            assertThat(first.submitted()).containsExactly("hello");
        }

        @Test
        void keeps_what_a_person_has_begun_to_write() {
            agent.leaveText("my draft");
            assertDeliveredOnce(deliver(DraftPolicy.PRESERVE));
            assertThat(agent.input()).isEqualTo("my draft");
            assertThat(noted).containsSubsequence(Step.DRAFT_KEPT, Step.SUBMITTED, Step.DRAFT_RESTORED);
        }

        @Test
        void keeps_it_also_when_the_attempt_fails() {
            agent.leaveText("my draft");
            agent.pastesAs("something else");
            assertNotSent(deliver(DraftPolicy.PRESERVE), FailureCode.PASTE_NOT_SEEN);
        }

        @Test
        void may_copy_it_and_not_hand_it_over() {
            agent.leaveText("my draft");
            agent.handsOver(false);
            assertNotSent(deliver(DraftPolicy.PRESERVE), FailureCode.PASTE_NOT_FETCHED);
            desktop.workOff(agent);
            assertThat(agent.input()).isEqualTo("my draft");
            assertThat(leftText).isFalse();
        }

        @ParameterizedTest
        @EnumSource(names = {"PRESERVE", "CLEAR"})
        void may_make_something_else_of_it(DraftPolicy draft) {
            agent.pastesAs("<hello>");
            assertThat(deliver(draft)).isInstanceOf(Delivered.class);
            assertThat(noted).contains(Step.SUBMITTED).doesNotContain(Step.READ_BACK, Step.DRAFT_KEPT);
            desktop.workOff(agent);
            assertThat(agent.submitted()).containsExactly("<hello>");
            assertThat(agent.input()).isEmpty();
        }

        @Test
        void is_not_believed_to_have_made_something_else_of_it_where_there_is_a_doubt() {
            doubt();
            agent.pastesAs("<hello>");
            assertNotSent(deliver(DraftPolicy.CLEAR), FailureCode.PASTE_NOT_SEEN);
        }

        @Test
        void has_not_pasted_a_text_in_whose_place_nothing_stands() {
            agent.pastesAs(" ");
            assertNotSent(deliver(DraftPolicy.CLEAR), FailureCode.PASTE_NOT_SEEN);
            assertThat(agent.keys())
                    .as("each may have left an attachment")
                    .filteredOn(PASTE::equals)
                    .hasSize(2);
        }

        @Test
        void has_not_pasted_it_where_the_page_holds_something_else() {
            agent.leaveText("the transcript");
            agent.ignoresPaste();
            assertNotSent(deliver(DraftPolicy.CLEAR), FailureCode.PASTE_NOT_SEEN);
        }

        @Test
        void has_not_pasted_it_where_it_was_cut_short() {
            content = "hello to everybody";
            agent.pastesAs("hello to");
            assertNotSent(deliver(DraftPolicy.CLEAR), FailureCode.PASTE_NOT_SEEN);
        }

        @Test
        void has_not_pasted_it_where_all_of_the_page_is_copied_and_a_word_of_it_stands_there_among_others() {
            agent.pastesAs("you said hello");
            assertNotSent(deliver(DraftPolicy.CLEAR), FailureCode.PASTE_NOT_SEEN);
        }

        @Test
        void has_not_pasted_it_where_the_page_holds_something_of_which_it_shows_no_word() {
            agent.pastesAs("something else");
            assertNotSent(deliver(DraftPolicy.CLEAR), FailureCode.PASTE_NOT_SEEN);
        }

        @Test
        void loses_no_draft_when_the_person_comes_before_it_is_read_back() {
            agent.leaveText("my draft");
            desktop.beforeKeys(keys -> {
                if (keys.equals(KeyChord.parse("ctrl+end"))) {
                    desktop.use(Presence.Use.ACTIVE);
                }
            });
            assertNotSent(deliver(DraftPolicy.PRESERVE), FailureCode.DESKTOP_IN_USE);
            desktop.workOff(agent);
            assertThat(agent.input()).isEqualTo("my draft");
            assertThat(leftText).isFalse();
        }

        @Test
        void is_in_doubt_when_another_takes_the_clipboard_before_it_is_read_back() {
            stealBefore(KeyChord.parse("ctrl+end"), "stolen");
            assertDeliveredOnce(deliver(DraftPolicy.CLEAR));
            assertThat(doubts.about(target())).isTrue();
            assertThat(figures.losses()).isOne();
        }

        @Test
        void may_make_something_else_of_it_where_there_is_a_doubt_and_that_is_no_draft() {
            doubt();
            agent.pastesAs("<hello>");
            assertNotSent(deliver(DraftPolicy.PRESERVE), FailureCode.PASTE_NOT_SEEN);
            assertThat(noted).doesNotContain(Step.DRAFT_KEPT);
            desktop.workOff(agent);
            assertThat(agent.input()).isEmpty();
        }

        @Test
        void has_not_pasted_it_where_nothing_can_be_copied() {
            agent.cannotBeCopied();
            assertNotSent(deliver(DraftPolicy.PRESERVE), FailureCode.PASTE_NOT_SEEN);
        }
    }

    @Test
    void without_a_doubt_nothing_is_read_back() {
        assertDeliveredOnce(deliver(DraftPolicy.PRESERVE));
        assertThat(noted).doesNotContain(Step.READ_BACK, Step.DRAFT_KEPT);
        assertThat(desktop.stays()).containsExactly(SUBMIT_DELAY);
    }
}
