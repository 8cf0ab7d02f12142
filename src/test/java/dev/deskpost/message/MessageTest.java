package dev.deskpost.message;

import static dev.deskpost.message.MessageAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {

    private static final Instant ACCEPTED = Instant.parse("2026-11-21T19:05:00Z");
    private static final Instant LATER = ACCEPTED.plusSeconds(60);
    private static final Failure NO_WINDOW = new Failure("WINDOW_NOT_FOUND", "no window matches");

    /** Every move that a message knows, by name. */
    private static final Map<String, Consumer<Message>> MOVES = Map.ofEntries(
            move("claim", message -> message.claim("main")),
            move("markDelivered", message -> message.markDelivered(Channel.WINDOW, Evidence.PASTE, LATER)),
            move("retryAt", message -> message.retryAt(NO_WINDOW, LATER)),
            move("postpone", message -> message.postpone(NO_WINDOW, LATER)),
            move("markFailed", message -> message.markFailed(NO_WINDOW, LATER)),
            move("markUnconfirmed", message -> message.markUnconfirmed(NO_WINDOW, Evidence.FOCUS, LATER)),
            move("cancel", message -> message.cancel(LATER)),
            move("expire", message -> message.expire(LATER)),
            move("replay", message -> message.replay(LATER)),
            move("resolveDelivered", message -> message.resolveDelivered(LATER)),
            move("resolveFailed", message -> message.resolveFailed(NO_WINDOW, LATER)),
            move("confirm", message -> message.confirm(Evidence.RECEIPT, LATER)));

    private static Map.Entry<String, Consumer<Message>> move(String name, Consumer<Message> move) {
        return Map.entry(name, move);
    }

    private static final Map<MessageState, Set<String>> ALLOWED = Map.of(
            MessageState.PENDING, Set.of("claim", "cancel", "expire", "confirm"),
            MessageState.PROCESSING, Set.of("markDelivered", "retryAt", "postpone", "markFailed", "markUnconfirmed"),
            MessageState.DELIVERED, Set.of("confirm"),
            MessageState.FAILED, Set.of("replay", "confirm"),
            MessageState.UNCONFIRMED, Set.of("replay", "resolveDelivered", "resolveFailed", "confirm"));

    @Nested
    class Accepted {

        @Test
        void it_waits_for_its_turn_and_nothing_has_been_tried() {
            Message message = accepted();

            assertThat(message).waitsUntil(ACCEPTED).usedTries(0).wasClaimed(0);
            assertThat(message.failure()).isNull();
            assertThat(message.channel()).isNull();
            assertThat(message.evidence()).isNull();
        }

        @Test
        void with_deliverAfter_it_waits_until_then() {
            assertThat(accepted(wanted(Priority.NORMAL, LATER))).waitsUntil(LATER);
        }

        @Test
        void with_a_deliverAfter_in_the_past_it_is_due_at_once() {
            assertThat(accepted(wanted(Priority.NORMAL, ACCEPTED.minusSeconds(1))))
                    .waitsUntil(ACCEPTED);
        }

        @Test
        void it_shows_a_deliverAfter_as_the_database_will_keep_it() {
            assertThat(accepted(wanted(Priority.NORMAL, LATER.plusNanos(123_456_789))))
                    .waitsUntil(LATER.plusNanos(123_456_000));
        }
    }

    @Nested
    class Claimed {

        @Test
        void the_try_is_counted_before_it_runs() {
            Message message = in(MessageState.PROCESSING);

            assertThat(message).is(MessageState.PROCESSING).usedTries(1).wasClaimed(1);
            assertThat(message.nextAttemptAt()).isNull();
        }

        @Test
        void delivered_it_keeps_the_proof_and_forgets_earlier_failures() {
            Message message = in(MessageState.PROCESSING);
            message.retryAt(NO_WINDOW, LATER);
            message.claim("main");

            message.markDelivered(Channel.WINDOW, Evidence.PASTE, LATER);

            assertThat(message)
                    .wasDelivered(Channel.WINDOW, Evidence.PASTE)
                    .finishedAt(LATER)
                    .usedTries(2);
        }

        @Test
        void certainly_not_sent_it_waits_for_the_next_try_and_says_why() {
            Message message = in(MessageState.PROCESSING);

            message.retryAt(NO_WINDOW, LATER);

            assertThat(message).waitsUntil(LATER).becauseOf("WINDOW_NOT_FOUND").usedTries(1);
        }

        @Test
        void held_up_by_the_desktop_it_has_not_used_up_a_try_but_the_fence_has_moved_on() {
            Message message = in(MessageState.PROCESSING);

            message.postpone(new Failure("DESKTOP_UNAVAILABLE", "gone"), LATER);

            assertThat(message)
                    .waitsUntil(LATER)
                    .becauseOf("DESKTOP_UNAVAILABLE")
                    .usedTries(0)
                    .wasClaimed(1);
        }

        @Test
        void without_tries_left_it_has_failed_and_says_why() {
            Message message = in(MessageState.PROCESSING);

            message.markFailed(NO_WINDOW, LATER);

            assertThat(message).is(MessageState.FAILED).finishedAt(LATER).becauseOf("WINDOW_NOT_FOUND");
        }

        @Test
        void when_nobody_knows_it_is_unconfirmed_and_names_no_channel() {
            Message message = in(MessageState.PROCESSING);

            message.markUnconfirmed(new Failure("NOT_CONFIRMED", "killed"), Evidence.FOCUS, LATER);

            assertThat(message).is(MessageState.UNCONFIRMED).finishedAt(LATER).becauseOf("NOT_CONFIRMED");
            assertThat(message.evidence()).isEqualTo(Evidence.FOCUS);
            assertThat(message.channel()).isNull();
        }
    }

    @Nested
    class Never_typed {

        @Test
        void it_can_be_taken_back_while_it_waits() {
            Message message = accepted();

            message.cancel(LATER);

            assertThat(message).is(MessageState.CANCELLED).finishedAt(LATER).usedTries(0);
        }

        @Test
        void it_expires_also_while_it_waits_for_another_try() {
            Message message = in(MessageState.PROCESSING);
            message.retryAt(NO_WINDOW, LATER);

            message.expire(LATER);

            assertThat(message).is(MessageState.EXPIRED).finishedAt(LATER).becauseOf("WINDOW_NOT_FOUND");
        }
    }

    @Nested
    class Refused {

        @ParameterizedTest(name = "{1} when {0}")
        @MethodSource("dev.deskpost.message.MessageTest#wrongMoves")
        void a_wrong_move_changes_nothing_and_says_so(MessageState state, String move) {
            Message message = in(state);
            Instant finished = message.finishedAt();
            int claims = message.claims();

            assertThatThrownBy(() -> MOVES.get(move).accept(message))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(message.id())
                    .hasMessageContaining(state.name());

            assertThat(message).is(state).usedTries(message.attempts()).wasClaimed(claims);
            assertThat(message.finishedAt()).isEqualTo(finished);
        }

        @ParameterizedTest
        @EnumSource(MessageState.class)
        void what_is_final_moves_only_when_a_person_or_its_recipient_says_so(MessageState state) {
            Set<String> byPerson = Set.of("replay", "resolveDelivered", "resolveFailed", "confirm");
            assertThat(state.isFinal()).isEqualTo(byPerson.containsAll(ALLOWED.getOrDefault(state, Set.of())));
        }
    }

    @Nested
    class Proved_by_its_recipient {

        @ParameterizedTest
        @EnumSource(
                value = MessageState.class,
                names = {"PENDING", "PROCESSING", "CANCELLED", "EXPIRED"})
        void it_is_not_while_it_was_never_tried_or_its_attempt_runs(MessageState state) {
            assertThat(in(state).canBeConfirmed(Evidence.RECEIPT)).isFalse();
        }

        @Test
        void it_can_be_when_it_failed_after_it_may_have_been_submitted() {
            Message message = in(MessageState.UNCONFIRMED);
            message.replay(LATER);
            assertThat(message.canBeConfirmed(Evidence.INBOX)).isTrue();
            message.claim("main");
            assertThat(message.canBeConfirmed(Evidence.INBOX)).isFalse();
            message.markFailed(NO_WINDOW, LATER);
            assertThat(message.canBeConfirmed(Evidence.INBOX)).isTrue();

            message.confirm(Evidence.INBOX, LATER);

            assertThat(message).wasDelivered(Channel.WINDOW, Evidence.INBOX).finishedAt(LATER);
        }

        @Test
        void evidence_is_only_ever_raised() {
            Message message = in(MessageState.DELIVERED);
            assertThat(message.canBeConfirmed(Evidence.RECEIPT)).isTrue();
            message.confirm(Evidence.RECEIPT, LATER);
            assertThat(message).wasDelivered(Channel.WINDOW, Evidence.RECEIPT).finishedAt(ACCEPTED);
            assertThat(message.canBeConfirmed(Evidence.INBOX)).isFalse();
            assertThat(message.canBeConfirmed(Evidence.RECEIPT)).isFalse();
        }

        @Test
        void it_is_not_called_faulty_any_more() {
            Message message = in(MessageState.UNCONFIRMED);
            message.fault(Verdict.TRUNCATED);
            assertThat(message).becauseOf("TRUNCATED");
            assertThat(message.verdict()).isEqualTo(Verdict.TRUNCATED);

            message.confirm(Evidence.RECEIPT, LATER);

            assertThat(message.verdict()).isEqualTo(Verdict.WHOLE);
            assertThat(message.canBeFaulted(Verdict.MERGED)).isFalse();
        }

        @Test
        void a_fault_is_forgotten_when_it_is_tried_again() {
            Message message = in(MessageState.UNCONFIRMED);
            message.fault(Verdict.MERGED);
            message.replay(LATER);
            assertThat(message.verdict()).isNull();
        }

        @Test
        void nothing_is_worse_than_to_have_reached_another() {
            Message message = in(MessageState.DELIVERED);
            message.fault(Verdict.MISROUTED);
            assertThat(message).is(MessageState.DELIVERED);
            assertThat(message.failure()).isNull();
            assertThat(message.canBeFaulted(Verdict.TRUNCATED)).isFalse();
        }

        @Test
        void one_that_was_never_in_hand_cannot_be_faulty() {
            assertThat(accepted().canBeFaulted(Verdict.MISROUTED)).isFalse();
        }
    }

    @Nested
    class Its_place_in_the_order {

        @ParameterizedTest(name = "{0} is {1} minutes ahead")
        @FieldSource("dev.deskpost.message.MessageTest#HEAD_STARTS")
        void is_its_acceptance_less_the_head_start(Priority priority, long minutes) throws Exception {
            long normal = accepted(wanted(Priority.NORMAL, null)).claimRank();

            assertThat(normal - accepted(wanted(priority, null)).claimRank())
                    .isEqualTo(Duration.ofMinutes(minutes).toNanos() / 1000);
        }

        @Test
        void is_kept_in_microseconds_since_1970() throws Exception {
            assertThat(accepted().claimRank()).isEqualTo(ACCEPTED.getEpochSecond() * 1_000_000);
        }
    }

    @Nested
    class A_failure {

        @Test
        void is_cut_where_the_database_ends_it() {
            assertThat(new Failure("X", "a".repeat(1000)).detail()).hasSize(1000);
            assertThat(new Failure("X", "a".repeat(1001)).detail())
                    .hasSize(1000)
                    .endsWith("a…");
        }

        @ParameterizedTest
        @ValueSource(ints = {997, 998, 999})
        void is_never_cut_through_a_character(int before) {
            String detail = new Failure("X", "a".repeat(before) + "🚀".repeat(10)).detail();

            assertThat(detail).hasSizeLessThanOrEqualTo(1000).endsWith("…");
            assertThat(detail.codePoints().filter(point -> point >= 0xD800 && point <= 0xDFFF))
                    .isEmpty();
        }
    }

    static final Arguments[] HEAD_STARTS = {
        arguments(Priority.NORMAL, 0L), arguments(Priority.HIGH, 20L), arguments(Priority.URGENT, 60L)
    };

    static Stream<Arguments> wrongMoves() {
        return Arrays.stream(MessageState.values())
                .flatMap(state -> MOVES.keySet().stream()
                        .sorted()
                        .filter(move -> !ALLOWED.getOrDefault(state, Set.of()).contains(move))
                        .map(move -> arguments(state, move)));
    }

    private static Message in(MessageState state) {
        Message message = accepted();
        if (EnumSet.of(MessageState.CANCELLED, MessageState.EXPIRED, MessageState.PENDING)
                .contains(state)) {
            switch (state) {
                case CANCELLED -> message.cancel(ACCEPTED);
                case EXPIRED -> message.expire(ACCEPTED);
                default -> assertThat(message).is(MessageState.PENDING);
            }
            return message;
        }
        message.claim("main");
        switch (state) {
            case DELIVERED -> message.markDelivered(Channel.WINDOW, Evidence.PASTE, ACCEPTED);
            case FAILED -> message.markFailed(NO_WINDOW, ACCEPTED);
            case UNCONFIRMED -> message.markUnconfirmed(NO_WINDOW, null, ACCEPTED);
            default -> assertThat(message).is(MessageState.PROCESSING);
        }
        return message;
    }

    private static Message accepted() {
        return accepted(wanted(Priority.NORMAL, null));
    }

    private static Message accepted(NewMessage wanted) {
        return new Message(wanted, MessageId.at(ACCEPTED), 3, null, ACCEPTED);
    }

    private static NewMessage wanted(Priority priority, Instant deliverAfter) {
        return new NewMessage("agent-2", new MessageContent("hello"), null, priority, null, deliverAfter, null);
    }
}
