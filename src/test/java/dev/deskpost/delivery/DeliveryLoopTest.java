package dev.deskpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deskpost.delivery.AdaptiveTimeouts.Wait;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.InMemoryDesktop;
import dev.deskpost.desktop.InMemoryDesktop.ChatWindow;
import dev.deskpost.desktop.Presence;
import dev.deskpost.fixtures.Settings;
import dev.deskpost.message.Channel;
import dev.deskpost.message.DeliveryQueue.Reach;
import dev.deskpost.message.Evidence;
import dev.deskpost.message.Failure;
import dev.deskpost.message.Message;
import dev.deskpost.message.MessageContent;
import dev.deskpost.message.MessageState;
import dev.deskpost.message.Messages;
import dev.deskpost.message.MessagesPruned;
import dev.deskpost.message.NewMessage;
import dev.deskpost.message.Priority;
import dev.deskpost.message.Trigger;
import dev.deskpost.recipient.RecipientSettings;
import dev.deskpost.recipient.RecipientSettings.WindowRule;
import dev.deskpost.recipient.Recipients;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Queue, loop and delivery together over a real H2, on a desktop in memory, with a clock that is turned by hand. */
@SpringBootTest(
        properties = {
            "deskpost.delivery.poll-interval=1h",
            "deskpost.delivery.retry-jitter=0",
            "deskpost.delivery.desktop-retry=100ms",
            "deskpost.delivery.race-limit=50ms",
            "deskpost.delivery.timings.focus-floor=50ms"
        })
@Import(DeliveryDoubles.class)
@ExtendWith(OutputCaptureExtension.class)
class DeliveryLoopTest {

    @TempDir
    private static Path home;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("deskpost.home", () -> home.toString());
    }

    @Autowired
    private InMemoryDesktop desktop;

    @Autowired
    private MutableClock clock;

    @Autowired
    private Messages messages;

    @Autowired
    private Recipients recipients;

    @Autowired
    private Attempts attempts;

    @Autowired
    private DeliveryLoop loop;

    @Autowired
    private DeliveryJournal journal;

    @Autowired
    private Processor processor;

    @Autowired
    private PauseSwitch pause;

    @Autowired
    private AdaptiveTimeouts timeouts;

    @Autowired
    private ThreadPoolTaskScheduler deliveryExecutor;

    @Autowired
    private JdbcClient database;

    @Autowired
    private DataSource dataSource;

    private ChatWindow one;
    private ChatWindow two;

    @BeforeEach
    void open_windows_and_write_down_recipients() throws Exception {
        one = desktop.open("one");
        two = desktop.open("two");
        put("one");
        put("two");
        awaitIdleLoop();
    }

    /** A turn that has begun has looked at the desktop already, and would not see what a test does to it now. */
    private void awaitIdleLoop() throws Exception {
        deliveryExecutor.submit(() -> {}).get();
    }

    @AfterEach
    void leave_a_quiet_desktop_and_an_empty_queue() {
        desktop.use(Presence.Use.FREE);
        pause.resume();
        desktop.unavailable(null);
        desktop.beforeKeys(keys -> {});
        desktop.afterKeys(keys -> {});
        desktop.close(one);
        desktop.close(two);
        settle(() -> {
            clock.advance(Duration.ofMinutes(1));
            loop.wake();
            // One look: between two of them a message may go from PROCESSING back to PENDING and be seen in neither.
            Messages.Figures figures = messages.figures();
            return figures.pending() + figures.processing() == 0;
        });
    }

    private void put(String id) {
        recipients.put(id, new RecipientSettings(null, true, new WindowRule("^" + id + "$", null, null), null));
    }

    private String accept(String recipient, String content) {
        return accept(recipient, content, null);
    }

    private String accept(String recipient, String content, @Nullable Instant expiresAt) {
        try {
            return messages.accept(new NewMessage(
                            recipient, MessageContent.of(content), null, Priority.NORMAL, null, null, expiresAt))
                    .id();
        } catch (MessageContent.Refused e) {
            throw new AssertionError(e);
        }
    }

    private Message message(String id) {
        return messages.find(id).orElseThrow();
    }

    private void settle(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(condition);
    }

    private void awaitState(String id, MessageState state) {
        settle(() -> message(id).state() == state);
    }

    private void awaitFailure(String id, FailureCode code, int attemptsUsed) {
        settle(() -> {
            Message seen = message(id);
            Failure failure = seen.failure();
            return seen.state() != MessageState.PROCESSING
                    && failure != null
                    && failure.code().equals(code.name())
                    && seen.attempts() == attemptsUsed;
        });
    }

    @Test
    void an_accepted_message_wakes_the_loop_and_says_how_it_was_proved() {
        String id = accept("one", "hello");
        awaitState(id, MessageState.DELIVERED);
        assertThat(message(id).channel()).isEqualTo(Channel.WINDOW);
        assertThat(message(id).evidence()).isEqualTo(Evidence.PASTE);
        assertThat(message(id).attempts()).isEqualTo(1);
        assertThat(one.submitted()).containsExactly("hello");
        assertThat(attempts.of(id)).singleElement().satisfies(attempt -> {
            assertThat(attempt.outcome()).isEqualTo("DELIVERED");
            assertThat(attempt.trigger()).isEqualTo(Trigger.FIRST);
        });
        assertThat(attempts.stepsOf(id))
                .extracting(AttemptStep::step)
                .containsExactly(
                        Step.CLAIMED,
                        Step.LOCKED,
                        Step.FOUND,
                        Step.FOCUSED,
                        Step.OFFERED,
                        Step.PASTING,
                        Step.PASTED,
                        Step.SUBMITTING,
                        Step.SUBMITTED,
                        Step.CONFIRMED);
    }

    @Test
    void the_waits_know_the_desktop_before_the_first_message() {
        settle(() -> timeouts.timing(Wait.ACTIVATE).p95() != null);
        assertThat(timeouts.timing(Wait.ACTIVATE).p95())
                .isCloseTo(InMemoryDesktop.CALIBRATION.activate(), Duration.ofMillis(1));
    }

    @Nested
    class What_was_not_sent {

        @Test
        void is_tried_three_times_with_longer_and_longer_pauses_and_has_failed_then() {
            desktop.close(one);
            String id = accept("one", "hello");
            awaitFailure(id, FailureCode.WINDOW_NOT_FOUND, 1);
            assertThat(message(id).nextAttemptAt()).isEqualTo(clock.instant().plusSeconds(5));

            clock.advance(Duration.ofSeconds(5));
            loop.wake();
            awaitFailure(id, FailureCode.WINDOW_NOT_FOUND, 2);
            assertThat(message(id).nextAttemptAt()).isEqualTo(clock.instant().plusSeconds(15));

            clock.advance(Duration.ofSeconds(15));
            loop.wake();
            awaitState(id, MessageState.FAILED);
            assertThat(message(id).attempts()).isEqualTo(3);
            assertThat(message(id).finishedAt()).isEqualTo(clock.instant());
            assertThat(attempts.of(id))
                    .extracting(Attempt::trigger)
                    .containsExactly(Trigger.FIRST, Trigger.RETRY, Trigger.RETRY);
        }

        @Test
        void holds_up_later_ones_for_the_same_recipient_and_nobody_else() {
            desktop.close(one);
            String first = accept("one", "first");
            awaitFailure(first, FailureCode.WINDOW_NOT_FOUND, 1);
            one = desktop.open("one");
            String second = accept("one", "second");
            String other = accept("two", "other");
            awaitState(other, MessageState.DELIVERED);
            assertThat(message(second).state()).isEqualTo(MessageState.PENDING);

            clock.advance(Duration.ofSeconds(5));
            loop.wake();
            awaitState(second, MessageState.DELIVERED);
            assertThat(one.submitted()).containsExactly("first", "second");
        }

        @Test
        void because_its_recipient_was_removed_has_failed_at_once() {
            desktop.unavailable("not yet");
            String id = accept("one", "hello");
            recipients.remove("one");
            desktop.unavailable(null);
            loop.wake();
            awaitState(id, MessageState.FAILED);
            assertThat(Objects.requireNonNull(message(id).failure()).code())
                    .isEqualTo(FailureCode.RECIPIENT_REMOVED.name());
        }
    }

    @Nested
    class A_fault_of_the_desktop {

        @Test
        void that_is_known_keeps_messages_waiting_without_an_attempt() {
            desktop.unavailable("no display");
            String id = accept("one", "hello");
            settle(() -> processor.state() == Processor.State.RUNNING);
            loop.wake();
            desktop.unavailable(null);
            loop.wake();
            awaitState(id, MessageState.DELIVERED);
            assertThat(message(id).attempts()).isEqualTo(1);
        }

        @Test
        void that_is_another_deskpost_makes_the_processor_stand_by_until_it_ends() {
            desktop.takenByAnother("another delivers");
            Instant startedAt = processor.startedAt();
            String id = accept("one", "hello");
            settle(() -> processor.state() == Processor.State.STANDBY);
            loop.wake();
            desktop.unavailable("no display");
            loop.wake();
            settle(() -> processor.state() == Processor.State.RUNNING);
            desktop.takenByAnother("another delivers");
            loop.wake();
            settle(() -> processor.state() == Processor.State.STANDBY);
            assertThat(attempts.of(id)).isEmpty();
            assertThat(message(id).attempts()).isZero();

            desktop.unavailable(null);
            loop.wake();
            awaitState(id, MessageState.DELIVERED);
            assertThat(processor.state()).isEqualTo(Processor.State.RUNNING);
            assertThat(processor.startedAt()).isEqualTo(startedAt);
            assertThat(one.submitted()).containsExactly("hello");
        }

        @Test
        void that_comes_in_the_middle_costs_no_try_and_stops_the_line() {
            desktop.beforeKeys(keys -> desktop.unavailable("gone"));
            String first = accept("one", "first");
            awaitFailure(first, FailureCode.DESKTOP_UNAVAILABLE, 0);
            desktop.beforeKeys(keys -> {});
            String second = accept("one", "second");
            assertThat(message(second).state()).isEqualTo(MessageState.PENDING);

            desktop.unavailable(null);
            clock.advance(Duration.ofSeconds(2));
            loop.wake();
            awaitState(second, MessageState.DELIVERED);
            assertThat(one.submitted()).containsExactly("first", "second");
        }

        @Test
        void during_the_submit_keys_leaves_the_message_unconfirmed_for_ever() {
            desktop.afterKeys(keys -> {
                if (keys.toString().equals("enter")) {
                    throw new DesktopUnavailable("gone");
                }
            });
            String id = accept("one", "hello");
            awaitState(id, MessageState.UNCONFIRMED);
            desktop.afterKeys(keys -> {});
            clock.advance(Duration.ofHours(1));
            loop.wake();
            awaitState(accept("two", "later"), MessageState.DELIVERED);
            assertThat(message(id).state()).isEqualTo(MessageState.UNCONFIRMED);
            assertThat(one.submitted()).containsExactly("hello");
        }
    }

    @Test
    void attempts_go_with_a_message_that_is_removed(
            @Autowired ApplicationEventPublisher events, @Autowired PlatformTransactionManager transactions) {
        String gone = accept("one", "hello");
        String kept = accept("one", "still here");
        awaitState(kept, MessageState.DELIVERED);

        new TransactionTemplate(transactions)
                .executeWithoutResult(status -> events.publishEvent(new MessagesPruned(List.of(gone))));

        assertThat(attempts.of(gone)).isEmpty();
        assertThat(attempts.stepsOf(gone)).isEmpty();
        assertThat(attempts.stepsOf(kept)).isNotEmpty();
    }

    @Nested
    class A_person_at_the_desk {

        private void awaitDeferred() throws Exception {
            settle(() -> processor.waitsFor().isPresent());
            awaitIdleLoop();
        }

        @Test
        void is_waited_for_without_an_attempt() throws Exception {
            desktop.use(Presence.Use.ACTIVE);
            String id = accept("one", "hello");
            awaitDeferred();
            assertThat(processor.waitsFor()).hasValue(Presence.Use.ACTIVE.words());
            assertThat(attempts.of(id)).isEmpty();
            assertThat(message(id).attempts()).isZero();
            assertThat(one.keys()).isEmpty();

            desktop.use(Presence.Use.FREE);
            awaitState(id, MessageState.DELIVERED);
            assertThat(message(id).attempts()).isEqualTo(1);
            assertThat(processor.waitsFor()).isEmpty();
        }

        private void useFor(int minutes) throws Exception {
            for (int minute = 0; minute < minutes; minute++) {
                clock.advance(Duration.ofMinutes(1));
                loop.wake();
                awaitIdleLoop();
            }
        }

        @Test
        void who_was_there_when_the_machine_fell_asleep_has_not_been_there_all_night() throws Exception {
            desktop.use(Presence.Use.HELD);
            String id = accept("one", "hello");
            awaitDeferred();
            clock.advance(Duration.ofHours(9));
            useFor(5);
            assertThat(attempts.of(id)).isEmpty();
        }

        @Test
        void who_stays_for_too_long_costs_a_try() throws Exception {
            desktop.use(Presence.Use.HELD);
            String id = accept("one", "hello");
            awaitDeferred();
            useFor(9);
            assertThat(attempts.of(id)).isEmpty();

            clock.advance(Duration.ofMinutes(1));
            awaitFailure(id, FailureCode.DESKTOP_NOT_FREED, 1);
            assertThat(message(id).failure().detail()).contains("10M").contains(Presence.Use.HELD.words());
            assertThat(one.keys()).isEmpty();
        }

        @Test
        void who_stays_for_too_long_costs_each_a_try_also_where_an_inbox_takes_what_is_given_up() throws Exception {
            recipients.put("one", Settings.of("""
                    {"window":{"title":"^one$"},"inbox":"one","retry":{"maxAttempts":1}}"""));
            desktop.use(Presence.Use.HELD);
            String first = accept("one", "first");
            awaitDeferred();
            useFor(9);
            String second = accept("one", "second");
            String third = accept("two", "third");

            clock.advance(Duration.ofMinutes(1));
            awaitFailure(third, FailureCode.DESKTOP_NOT_FREED, 1);
            awaitState(second, MessageState.DELIVERED);
            assertThat(message(first).channel()).isEqualTo(Channel.INBOX);
            assertThat(message(second).channel()).isEqualTo(Channel.INBOX);
            assertThat(one.keys()).isEmpty();
        }

        @Test
        void who_was_there_long_ago_does_not_count_after_an_attempt_that_failed_for_another_reason() throws Exception {
            desktop.use(Presence.Use.ACTIVE);
            desktop.close(one);
            String failed = accept("one", "hello");
            awaitDeferred();
            desktop.use(Presence.Use.FREE);
            awaitFailure(failed, FailureCode.WINDOW_NOT_FOUND, 1);
            awaitIdleLoop();

            clock.advance(Duration.ofHours(1));
            desktop.use(Presence.Use.ACTIVE);
            String id = accept("two", "later");
            awaitDeferred();
            assertThat(attempts.of(id)).isEmpty();
            assertThat(attempts.of(failed)).hasSize(1);
        }

        @Test
        void who_was_there_is_forgotten_when_nothing_waits_any_more() throws Exception {
            desktop.use(Presence.Use.ACTIVE);
            String id = accept("one", "hello", clock.instant().plusSeconds(10));
            awaitDeferred();
            clock.advance(Duration.ofSeconds(11));
            awaitState(id, MessageState.EXPIRED);
            settle(() -> processor.waitsFor().isEmpty());
        }

        @Test
        void who_moves_the_pointer_into_a_corner_pauses_the_station() throws Exception {
            desktop.use(Presence.Use.CORNER);
            String id = accept("one", "hello");
            settle(() -> processor.state() == Processor.State.PAUSED);
            assertThat(pause.reason()).hasValue(Presence.Use.CORNER.words());
            desktop.use(Presence.Use.FREE);
            loop.wake();
            awaitIdleLoop();
            assertThat(attempts.of(id)).isEmpty();

            pause.resume();
            awaitState(id, MessageState.DELIVERED);
        }
    }

    @Nested
    class The_loop {

        @Test
        void survives_an_exception_from_a_delivery() {
            desktop.beforeKeys(keys -> {
                throw new IllegalStateException("a bug");
            });
            String id = accept("one", "hello");
            awaitFailure(id, FailureCode.INTERNAL_ERROR, 1);
            desktop.beforeKeys(keys -> {});
            awaitState(accept("two", "next"), MessageState.DELIVERED);
        }

        @Test
        void survives_an_error_and_settles_what_it_left_in_the_middle() {
            boolean[] thrown = new boolean[1];
            desktop.beforeKeys(keys -> {
                if (!thrown[0]) {
                    thrown[0] = true;
                    throw new StackOverflowError("a worse bug");
                }
            });
            String id = accept("one", "hello");
            settle(() -> thrown[0]);
            awaitState(accept("two", "next"), MessageState.DELIVERED);
            clock.advance(Duration.ofSeconds(5));
            loop.wake();
            awaitState(id, MessageState.DELIVERED);
            assertThat(attempts.of(id)).extracting(Attempt::outcome).containsExactly("NOT_SENT", "DELIVERED");
        }
    }

    @Nested
    class An_attempt_that_an_earlier_process_left_in_the_middle {

        /** On the loop's own thread, so that the loop cannot look in the middle of it. */
        private AttemptLog cutOffAfter(Step... steps) throws Exception {
            return deliveryExecutor
                    .submit(() -> {
                        accept("one", "hello");
                        AttemptLog attempt = journal.claimNext(Reach.ALL).orElseThrow();
                        for (Step step : steps) {
                            attempt.note(step);
                        }
                        journal.keep(attempt);
                        return attempt;
                    })
                    .get();
        }

        @Test
        void before_it_had_kept_any_step_ends_as_every_other(CapturedOutput output) throws Exception {
            AttemptLog attempt = deliveryExecutor
                    .submit(() -> {
                        accept("one", "hello");
                        return journal.claimNext(Reach.ALL).orElseThrow();
                    })
                    .get();
            loop.wake();
            awaitFailure(attempt.claim().messageId(), FailureCode.INTERRUPTED, 1);
            awaitIdleLoop();
            assertThat(output).doesNotContain("Unhandled error");
        }

        @Test
        void before_the_submit_keys_is_tried_again_after_its_text_was_taken_back() throws Exception {
            AttemptLog attempt = cutOffAfter(Step.LOCKED, Step.FOUND, Step.PASTING);
            loop.wake();
            awaitFailure(attempt.claim().messageId(), FailureCode.INTERRUPTED, 1);
            clock.advance(Duration.ofSeconds(5));
            loop.wake();
            awaitState(attempt.claim().messageId(), MessageState.DELIVERED);
            assertThat(one.keys())
                    .extracting(Object::toString)
                    .containsExactly("ctrl+a", "delete", "ctrl+a", "ctrl+c", "ctrl+v", "enter");
        }

        @Test
        void at_the_submit_keys_is_unconfirmed_and_nobody_knows_how_long_it_took(@Autowired MeterRegistry meters)
                throws Exception {
            long timed = timed(meters);
            AttemptLog attempt = cutOffAfter(Step.LOCKED, Step.FOUND, Step.PASTING, Step.PASTED, Step.SUBMITTING);
            loop.wake();
            awaitState(attempt.claim().messageId(), MessageState.UNCONFIRMED);
            awaitIdleLoop();
            assertThat(one.submitted()).isEmpty();
            assertThat(timed(meters)).isEqualTo(timed);
        }

        private static long timed(MeterRegistry meters) {
            return meters.get("deskpost.attempt.duration").tag("outcome", "unconfirmed").timers().stream()
                    .mapToLong(Timer::count)
                    .sum();
        }

        @Test
        void at_the_submit_keys_is_not_merged_into_the_next() throws Exception {
            cutOffAfter(Step.LOCKED, Step.FOUND, Step.PASTING, Step.PASTED, Step.SUBMITTING);
            one.leaveText("hello");
            awaitState(accept("one", "next"), MessageState.DELIVERED);
            assertThat(one.submitted()).containsExactly("next");
        }

        @Test
        void is_known_to_have_left_its_text_until_that_was_taken_back_or_submitted() throws Exception {
            AttemptLog attempt = cutOffAfter(Step.LOCKED, Step.FOUND, Step.PASTING);
            awaitFailure(attempt.claim().messageId(), FailureCode.INTERRUPTED, 1);
            assertThat(attempts.textLeftBehind()).containsOnlyKeys("one");
            clock.advance(Duration.ofSeconds(5));
            loop.wake();
            awaitState(attempt.claim().messageId(), MessageState.DELIVERED);
            assertThat(attempts.textLeftBehind()).isEmpty();
        }

        @Test
        void that_ends_late_changes_nothing_any_more() throws Exception {
            AttemptLog attempt = cutOffAfter(Step.LOCKED);
            loop.wake();
            awaitFailure(attempt.claim().messageId(), FailureCode.INTERRUPTED, 1);
            assertThat(journal.settle(attempt, new DeliveryOutcome.Delivered(Evidence.PASTE), null))
                    .isFalse();
            assertThat(message(attempt.claim().messageId()).state()).isEqualTo(MessageState.PENDING);
        }
    }

    @Nested
    class A_recipient_that_asks_a_person_something {

        @AfterEach
        void has_its_answer() {
            answered();
        }

        private void asks() {
            database.sql("""
                            insert into activity (recipient, state, since, until, hooks_seen_at, receipts)
                            values ('one', 'BLOCKED', :now, :until, :now, 0)
                            """)
                    .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                    .param("until", OffsetDateTime.ofInstant(clock.instant().plusSeconds(600), ZoneOffset.UTC))
                    .update();
        }

        private void answered() {
            database.sql("delete from activity").update();
            loop.wakeForThoseHeldBack();
        }

        private void holdMessageUntilItAsks() throws SQLException {
            Connection holder = dataSource.getConnection();
            holder.setAutoCommit(false);
            try (Statement statement = holder.createStatement()) {
                statement.executeQuery("select id from message where recipient = 'one' for update");
            }
            CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS).execute(() -> {
                asks();
                try (holder) {
                    holder.rollback();
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            });
        }

        @Test
        void while_the_database_writes_down_that_it_will_be_submitted_is_not_answered() {
            AtomicBoolean first = new AtomicBoolean(true);
            desktop.afterKeys(keys -> {
                if (keys.toString().equals("ctrl+v") && first.getAndSet(false)) {
                    try {
                        holdMessageUntilItAsks();
                    } catch (SQLException e) {
                        throw new AssertionError(e);
                    }
                }
            });
            String id = accept("one", "hello");
            awaitFailure(id, FailureCode.RECIPIENT_BLOCKED, 0);
            assertThat(one.submitted()).isEmpty();
            assertThat(attempts.stepsOf(id))
                    .extracting(AttemptStep::step)
                    .endsWith(Step.SUBMITTING, Step.SUBMIT_REFUSED);

            answered();
            awaitState(id, MessageState.DELIVERED);
            assertThat(one.submitted()).containsExactly("hello");
        }

        @Test
        void and_has_its_answer_does_not_wait_until_all_others_have_their_messages() {
            AtomicInteger othersBefore = new AtomicInteger(-1);
            AtomicBoolean first = new AtomicBoolean(true);
            desktop.afterKeys(keys -> {
                if (keys.toString().equals("enter") && first.getAndSet(false)) {
                    answered();
                }
                if (!one.submitted().isEmpty()) {
                    othersBefore.compareAndSet(-1, two.submitted().size());
                }
            });
            desktop.unavailable("not yet");
            asks();
            String held = accept("one", "hello");
            String last = "";
            for (int i = 0; i < 6; i++) {
                last = accept("two", "other " + i);
            }
            desktop.unavailable(null);
            loop.wake();
            awaitState(last, MessageState.DELIVERED);
            awaitState(held, MessageState.DELIVERED);
            assertThat(othersBefore).hasValue(1);
        }
    }
}
