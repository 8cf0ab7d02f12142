package dev.deskpost.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.HandClock;
import dev.deskpost.fixtures.RealDatabase;
import dev.deskpost.fixtures.Settings;
import dev.deskpost.receipt.HookEvent.Blocked;
import dev.deskpost.receipt.HookEvent.Busy;
import dev.deskpost.receipt.HookEvent.Ended;
import dev.deskpost.receipt.HookEvent.Idle;
import dev.deskpost.receipt.HookEvent.Malformed;
import dev.deskpost.receipt.HookEvent.Other;
import dev.deskpost.receipt.HookEvent.Prompt;
import dev.deskpost.receipt.HookEvent.Received;
import dev.deskpost.recipient.Activity;
import dev.deskpost.recipient.Recipients;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

/** What hooks' events make of a recipient, and for how long. */
@RealDatabase
@RecordApplicationEvents
class ActivitiesTest {

    @Autowired
    Activities activities;

    @Autowired
    Recipients recipients;

    @Autowired
    HandClock clock;

    @Autowired
    ApplicationEvents events;

    @BeforeEach
    void an_agent() {
        clock.reset();
        put("agent-1");
    }

    @Test
    void of_one_whose_hooks_never_came_nothing_is_known() {
        assertThat(now()).isEmpty();
        assertThat(activities.hooksOf("agent-1")).isEmpty();
    }

    @Test
    void a_prompt_makes_busy_until_the_turn_ends() {
        hear(new Prompt("hello"));
        assertThat(now()).contains(new Activity(Activity.State.BUSY, HandClock.START, after(30)));
        clock.pass(Duration.ofMinutes(5));

        hear(new Idle());

        assertThat(now()).contains(new Activity(Activity.State.IDLE, clock.instant(), null));
        assertThat(changes())
                .containsExactly(
                        new ActivityChanged("agent-1", Activity.State.BUSY),
                        new ActivityChanged("agent-1", Activity.State.IDLE));
    }

    @Test
    void who_goes_on_working_stays_busy_since_the_beginning() {
        hear(new Busy(true));
        clock.pass(Duration.ofMinutes(29));
        hear(new Busy(true));

        assertThat(now()).contains(new Activity(Activity.State.BUSY, HandClock.START, after(59)));
        assertThat(changes()).hasSize(1);
    }

    @Test
    void busy_is_believed_for_half_an_hour_and_blocked_for_a_day() {
        hear(new Busy(true));
        clock.pass(Duration.ofMinutes(30));
        assertThat(now()).isEmpty();
        hear(new Blocked());
        clock.pass(Duration.ofHours(24).minusNanos(1000));
        assertThat(now()).contains(new Activity(Activity.State.BLOCKED, after(30), after(30 + 24 * 60)));
        clock.pass(Duration.ofNanos(1000));
        assertThat(now()).isEmpty();
        hear(new Idle());
        clock.pass(Duration.ofDays(365));
        assertThat(now()).map(Activity::state).contains(Activity.State.IDLE);
    }

    @Test
    void who_is_busy_again_after_the_time_was_up_has_begun_anew() {
        hear(new Busy(true));
        Instant later = clock.pass(Duration.ofMinutes(31));
        hear(new Busy(true));

        assertThat(now()).map(Activity::since).contains(later);
        assertThat(changes()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("ends")
    void whatever_it_does_next_ends_that_it_is_blocked(HookEvent next, Optional<Activity.State> then) {
        hear(new Blocked());
        hear(next);
        assertThat(now().map(Activity::state)).isEqualTo(then);
        assertThat(changes()).last().isEqualTo(new ActivityChanged("agent-1", then.orElse(null)));
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of(new Busy(true), Optional.of(Activity.State.BUSY)),
                Arguments.of(new Prompt("x"), Optional.of(Activity.State.BUSY)),
                Arguments.of(new Idle(), Optional.of(Activity.State.IDLE)),
                Arguments.of(new Ended(), Optional.empty()));
    }

    @Test
    void what_another_beside_it_is_about_to_do_does_not_end_that_it_is_blocked() {
        hear(new Blocked());
        hear(new Busy(false));
        assertThat(now()).map(Activity::state).contains(Activity.State.BLOCKED);
    }

    @Test
    void a_question_is_ended_by_the_session_that_shows_it() {
        hear("a", new Blocked());

        hear("b", new Prompt("x"));
        hear("b", new Busy(true));
        hear("b", new Idle());
        hear("b", new Ended());
        assertThat(now()).map(Activity::state).contains(Activity.State.BLOCKED);

        hear("a", new Idle());
        assertThat(now()).map(Activity::state).contains(Activity.State.IDLE);
        hear("b", new Busy(true));
        assertThat(now()).map(Activity::state).contains(Activity.State.BUSY);
    }

    @Test
    void questions_of_two_sessions_are_both_to_be_answered() {
        hear("a", new Blocked());
        hear("b", new Blocked());

        hear("b", new Busy(true));
        assertThat(now()).map(Activity::state).contains(Activity.State.BLOCKED);
        hear("b", new Idle());
        assertThat(now()).map(Activity::state).contains(Activity.State.BLOCKED);
        hear("a", new Busy(true));
        assertThat(now()).map(Activity::state).contains(Activity.State.BUSY);
    }

    @Test
    void who_names_no_session_ends_the_question_of_any() {
        hear("a", new Blocked());
        hear(new Idle());
        assertThat(now()).map(Activity::state).contains(Activity.State.IDLE);

        hear(new Blocked());
        hear("a", new Idle());
        assertThat(now()).map(Activity::state).contains(Activity.State.IDLE);
    }

    @Test
    void of_ever_more_sessions_the_last_ones_are_known() {
        IntStream.range(0, 100).forEach(i -> hear("0123456789abcdef0123456789abcd%02d".formatted(i), new Blocked()));

        IntStream.range(93, 100).forEach(i -> hear("0123456789abcdef0123456789abcd%02d".formatted(i), new Idle()));
        assertThat(now()).map(Activity::state).contains(Activity.State.BLOCKED);
        hear("0123456789abcdef0123456789abcd92", new Idle());
        assertThat(now()).map(Activity::state).contains(Activity.State.IDLE);
    }

    @Test
    void what_says_nothing_changes_nothing() {
        hear(new Other());
        hear(new Malformed("is no JSON"));
        assertThat(activities.hooksOf("agent-1")).isEmpty();
        hear(new Blocked());
        clock.pass(Duration.ofMinutes(1));
        hear(new Other());

        assertThat(now()).map(Activity::state).contains(Activity.State.BLOCKED);
        assertThat(activities.hooksOf("agent-1")).contains(new HooksSeen(HandClock.START, 0));
    }

    @Test
    void a_receipt_of_a_script_says_that_hooks_work_and_not_what_the_agent_does() {
        hear(new Received("msg_20261121_190500_1a2b3c4d"));

        assertThat(now()).isEmpty();
        assertThat(activities.hooksOf("agent-1")).contains(new HooksSeen(HandClock.START, 0));
    }

    @Test
    void several_events_of_one_call_end_as_the_last_says() {
        activities.heard("agent-1", null, List.of(new Prompt("x"), new Prompt("y"), new Idle()), clock.instant());

        assertThat(changes()).containsExactly(new ActivityChanged("agent-1", Activity.State.IDLE));
    }

    @Test
    void all_are_told_at_once() {
        IntStream.range(0, 600)
                .forEach(i -> activities.heard("a-" + i, null, List.of(new Busy(true)), clock.instant()));

        assertThat(activities.activities(
                        IntStream.range(0, 700).mapToObj(i -> "a-" + i).toList()))
                .hasSize(600);
    }

    @Test
    void it_goes_with_the_recipient_and_not_when_that_is_written_down_anew() {
        hear(new Busy(true));
        put("agent-1");
        assertThat(now()).isPresent();

        recipients.remove("agent-1");

        assertThat(now()).isEmpty();
        assertThat(activities.hooksOf("agent-1")).isEmpty();
    }

    private Optional<Activity> now() {
        return activities.of("agent-1", clock.instant());
    }

    private void hear(HookEvent event) {
        activities.heard("agent-1", null, List.of(event), clock.instant());
    }

    private void hear(String session, HookEvent event) {
        activities.heard("agent-1", session, List.of(event), clock.instant());
    }

    private List<ActivityChanged> changes() {
        return events.stream(ActivityChanged.class).toList();
    }

    private static Instant after(int minutes) {
        return HandClock.START.plus(Duration.ofMinutes(minutes));
    }

    private void put(String id) {
        recipients.put(id, Settings.withReceipt(id));
    }
}
