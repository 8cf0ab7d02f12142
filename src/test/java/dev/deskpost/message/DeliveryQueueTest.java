package dev.deskpost.message;

import static dev.deskpost.message.MessageAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.deskpost.database.DatabaseKind;
import dev.deskpost.fixtures.HandClock;
import dev.deskpost.fixtures.RealDatabase;
import dev.deskpost.fixtures.Settings;
import dev.deskpost.message.DeliveryQueue.Reach;
import dev.deskpost.recipient.RecipientSettings;
import dev.deskpost.recipient.RecipientSettings.Retry;
import dev.deskpost.recipient.RecipientSettings.WindowRule;
import dev.deskpost.recipient.Recipients;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What lanes bring: order, figures, rests, and what people decide about single messages. */
@RealDatabase
@RecordApplicationEvents
class DeliveryQueueTest {

    private static final Failure NO_WINDOW = new Failure("WINDOW_NOT_FOUND", "no window matches");
    private static final Duration RETRY = Duration.ofSeconds(5);

    @Autowired
    Messages messages;

    @Autowired
    DeliveryQueue queue;

    @Autowired
    Pruner pruner;

    @Autowired
    Recipients recipients;

    @Autowired
    HandClock clock;

    @Autowired
    JdbcClient database;

    @Autowired
    LaneRows laneRows;

    TransactionTemplate transaction;

    @Autowired
    void transactions(PlatformTransactionManager transactions) {
        transaction = new TransactionTemplate(transactions);
    }

    @Autowired
    JdbcConnectionDetails connection;

    @BeforeEach
    void two_agents() {
        clock.reset();
        put("agent-1", null, null);
        put("agent-2", null, null);
    }

    @Nested
    class A_message_in_hand {

        @Test
        void holds_up_the_later_ones_of_its_lane_and_no_others() {
            String first = accept("agent-1");
            String second = accept("agent-1");
            String other = accept("agent-2");
            Claim taken = claim();
            assertThat(taken.messageId()).isEqualTo(first);
            assertThat(claim().messageId()).isEqualTo(other);
            assertThat(queue.claimNext(Reach.ALL)).isEmpty();
            assertThat(queue.isAnyDue(Reach.ALL)).isFalse();

            queue.delivered(taken, Channel.WINDOW, Evidence.PASTE);
            assertThat(claim().messageId()).isEqualTo(second);
        }

        @Test
        void is_held_until_it_is_settled_or_taken_over() {
            accept("agent-1");
            Claim claim = claim();
            assertThat(queue.holds(claim)).isTrue();
            queue.retryAt(claim, NO_WINDOW, clock.instant());
            assertThat(queue.holds(claim)).isFalse();
            claim();
            assertThat(queue.holds(claim)).isFalse();
        }
    }

    @Nested
    class Cancelled {

        @Test
        void a_message_is_never_typed_and_lets_the_later_ones_pass() {
            String first = accept("agent-1");
            queue.retryAt(claim(), NO_WINDOW, clock.instant().plus(RETRY));
            String second = accept("agent-1");

            assertThat(messages.cancel(first)).is(MessageState.CANCELLED).finishedAt(clock.instant());
            assertThat(claim().messageId()).isEqualTo(second);
        }

        @Test
        void a_deferred_message_is_never_typed() {
            String id = accept("agent-1", clock.instant().plusSeconds(60), null);
            messages.cancel(id);
            clock.pass(Duration.ofHours(1));
            assertThat(queue.claimNext(Reach.ALL)).isEmpty();
            assertThat(queue.nextDue()).isEmpty();
            assertThat(messages.figures()).isEqualTo(new Messages.Figures(0, 0, 0, 0, null));
        }

        @Test
        void one_in_hand_is_not() {
            String id = accept("agent-1");
            claim();
            assertThatThrownBy(() -> messages.cancel(id))
                    .isInstanceOf(WrongState.class)
                    .hasMessageContaining("PROCESSING");
        }

        @Test
        void one_that_does_not_exist_is_not() {
            assertThatThrownBy(() -> messages.cancel("msg_20261121_190500_1a2b3c4d"))
                    .isInstanceOf(UnknownMessage.class);
        }
    }

    @Nested
    class Tried_again_by_a_person {

        @Test
        void a_failed_message_goes_before_all_later_ones_with_fresh_tries() {
            String id = accept("agent-1");
            queue.failed(claim(), NO_WINDOW);
            accept("agent-1");

            assertThat(messages.retry(id)).is(MessageState.PENDING).usedTries(0);

            Claim again = claim();
            assertThat(again.messageId()).isEqualTo(id);
            assertThat(again.number()).isEqualTo(2);
            assertThat(again.attempt()).isEqualTo(1);
            assertThat(again.trigger()).isEqualTo(Trigger.REPLAY);
            assertThat(find(id).replays()).isEqualTo(1);
        }

        @Test
        void one_whose_time_is_up_is_refused() {
            String id = accept("agent-1", null, clock.instant().plusSeconds(60));
            queue.failed(claim(), NO_WINDOW);
            clock.pass(Duration.ofSeconds(60));
            assertThatThrownBy(() -> messages.retry(id))
                    .isInstanceOf(WrongState.class)
                    .hasMessageContaining("expiresAt");
            assertThat(find(id)).is(MessageState.FAILED);
        }

        @Test
        void one_that_waits_or_was_delivered_is_refused() {
            String id = accept("agent-1");
            assertThatThrownBy(() -> messages.retry(id)).isInstanceOf(WrongState.class);
            queue.delivered(claim(), Channel.WINDOW, Evidence.PASTE);
            assertThatThrownBy(() -> messages.retry(id)).isInstanceOf(WrongState.class);
        }

        @Test
        void it_wakes_the_executor(@Autowired ApplicationEvents events) {
            String id = accept("agent-1");
            queue.failed(claim(), NO_WINDOW);
            messages.retry(id);
            assertThat(events.stream(MessageChanged.class))
                    .endsWith(
                            new MessageChanged(id, "agent-1", MessageState.FAILED, false),
                            new MessageChanged(id, "agent-1", MessageState.PENDING, true));
        }
    }

    @Nested
    class Resolved_by_a_person {

        String id;

        @BeforeEach
        void one_is_unconfirmed() {
            id = accept("agent-1");
            queue.unconfirmed(claim(), new Failure("NOT_CONFIRMED", "killed"), Evidence.PASTE);
        }

        @Test
        void it_is_delivered() {
            assertThat(messages.resolve(id, true)).wasDelivered(Channel.WINDOW, Evidence.PASTE);
        }

        @Test
        void it_has_failed_and_can_be_tried_again() {
            assertThat(messages.resolve(id, false)).is(MessageState.FAILED).becauseOf("RESOLVED_NOT_DELIVERED");
            messages.retry(id);
            assertThat(claim().messageId()).isEqualTo(id);
        }

        @Test
        void only_once() {
            messages.resolve(id, true);
            assertThatThrownBy(() -> messages.resolve(id, false)).isInstanceOf(WrongState.class);
        }
    }

    @Nested
    class A_recipient_that_rests {

        @Test
        void gets_nothing_until_then_in_no_priority_and_others_get_theirs() {
            accept("agent-1");
            queue.delivered(claim(), Channel.WINDOW, Evidence.PASTE);
            queue.rest("agent-1", Duration.ofSeconds(10));
            String mine = accept("agent-1", Priority.URGENT);
            String other = accept("agent-2");

            assertThat(claim().messageId()).isEqualTo(other);
            assertThat(queue.claimNext(Reach.ALL)).isEmpty();
            assertThat(queue.nextDue()).contains(clock.instant().plusSeconds(10));

            clock.pass(Duration.ofSeconds(10));
            assertThat(claim().messageId()).isEqualTo(mine);
        }
    }

    @Nested
    class The_rest_of_a_recipient {

        private String waiting;

        private void interval(String agent, String minInterval) {
            recipients.put(agent, Settings.of("""
                    {"window":{"title":"^agent"},"pacing":{"minInterval":"%s"}}""".formatted(minInterval)));
        }

        private void rests(String agent, Duration interval) {
            interval(agent, interval.toString());
            queue.rest(agent, interval);
            waiting = accept(agent);
            assertThat(queue.nextDue()).contains(clock.instant().plus(interval));
        }

        @Test
        void that_a_wrong_clock_announced_before_the_start_is_the_interval_from_now_on() {
            clock.pass(Duration.ofDays(365));
            rests("agent-1", Duration.ofSeconds(10));
            clock.pass(Duration.ofDays(-365));
            queue.hurryBeyond(clock.instant().plus(RETRY));

            queue.restAsPaced();

            assertThat(queue.claimNext(Reach.ALL)).isEmpty();
            assertThat(queue.nextDue()).contains(clock.instant().plusSeconds(10));
            clock.pass(Duration.ofSeconds(10));
            assertThat(claim().messageId()).isEqualTo(waiting);
        }

        @Test
        void is_not_cut_short_by_a_start() {
            rests("agent-1", Duration.ofSeconds(10));
            clock.pass(Duration.ofSeconds(4));

            queue.restAsPaced();

            assertThat(queue.nextDue()).contains(clock.instant().plusSeconds(6));
        }

        @Test
        void of_another_station_is_by_a_clock_that_is_not_ours() {
            assumeTrue(DatabaseKind.of(connection) == DatabaseKind.POSTGRESQL, "there is no other station");
            rests("agent-1", Duration.ofSeconds(10));
            database.sql("update recipient set station = 'elsewhere' where id = 'agent-1'")
                    .update();
            clock.pass(Duration.ofMinutes(-1));

            queue.restAsPaced();

            assertThat(database.sql("select gate_at from pacing")
                            .query(Timestamp.class)
                            .single()
                            .toInstant())
                    .isEqualTo(clock.instant().plusSeconds(70));
        }

        @Test
        void is_shortened_with_its_interval() {
            rests("agent-1", Duration.ofHours(24));
            interval("agent-1", "PT10S");
            assertThat(queue.claimNext(Reach.ALL)).isEmpty();
            assertThat(queue.nextDue()).contains(clock.instant().plusSeconds(10));
        }

        @Test
        void is_over_when_its_interval_is_removed() {
            rests("agent-1", Duration.ofHours(24));
            put("agent-1", null, null);
            assertThat(claim().messageId()).isEqualTo(waiting);
        }

        @Test
        void is_over_when_it_is_removed() {
            rests("agent-1", Duration.ofHours(24));
            recipients.remove("agent-1");
            assertThat(claim().messageId()).isEqualTo(waiting);
        }

        @Test
        void lasts_although_its_settings_are_written_again_and_those_of_others_too() {
            rests("agent-1", Duration.ofSeconds(10));
            clock.pass(Duration.ofSeconds(4));
            interval("agent-1", "PT10S");
            put("agent-2", null, null);
            assertThat(queue.claimNext(Reach.ALL)).isEmpty();
            assertThat(queue.nextDue()).contains(clock.instant().plusSeconds(6));
        }
    }

    @Nested
    class A_clock_that_was_set_back {

        @Test
        void while_nobody_looked_is_told_by_a_retry_that_nobody_would_have_announced() {
            String lost = accept("agent-1");
            queue.retryAt(claim(), NO_WINDOW, clock.instant().plus(Duration.ofHours(2)));
            accept("agent-2");
            queue.retryAt(claim(), NO_WINDOW, clock.instant().plus(RETRY));
            accept("agent-2", clock.instant().plus(Duration.ofHours(3)), null);

            assertThat(queue.hurryBeyond(clock.instant().plus(Duration.ofHours(1))))
                    .isEqualTo(1);

            assertThat(queue.claimNext(Reach.ALL)).map(Claim::messageId).contains(lost);
            assertThat(queue.claimNext(Reach.ALL)).isEmpty();
        }

        @Test
        void does_not_make_a_retry_wait_longer_nor_a_deferred_message_come_earlier() {
            String retried = accept("agent-1");
            queue.retryAt(claim(), NO_WINDOW, clock.instant().plus(RETRY));
            queue.rest("agent-2", RETRY);
            String rested = accept("agent-2");
            accept("agent-1", clock.instant().plusSeconds(60), null);
            clock.pass(Duration.ofHours(-1));

            assertThat(queue.claimNext(Reach.ALL)).isEmpty();
            queue.hurry();
            queue.restNoMore();

            assertThat(claim().messageId()).isEqualTo(retried);
            assertThat(claim().messageId()).isEqualTo(rested);
            assertThat(queue.claimNext(Reach.ALL)).isEmpty();
        }
    }

    @Nested
    class A_message_that_another_station_took {

        private String taken;

        /** Such as the same station under the name that it had before. */
        @BeforeEach
        void and_left_behind() {
            taken = accept("agent-1");
            claim();
            database.sql("update message set claimed_by = 'elsewhere' where id = ?")
                    .param(taken)
                    .update();
        }

        @AfterEach
        void there_is_no_other_station() {
            database.sql("delete from station where id = 'elsewhere'").update();
        }

        @Test
        void is_settled_here_when_nobody_is_that_station_any_more() {
            assertThat(queue.inProcess()).extracting(Claim::messageId).containsExactly(taken);
            station("null", "current_timestamp");
            assertThat(queue.inProcess()).extracting(Claim::messageId).containsExactly(taken);
            database.sql("delete from station where id = 'elsewhere'").update();
            station("'killed'", "timestamp with time zone '2026-01-01 00:00:00+00'");
            assertThat(queue.inProcess()).extracting(Claim::messageId).containsExactly(taken);

            queue.retryAt(queue.inProcess().get(0), NO_WINDOW, clock.instant());
            assertThat(claim().messageId()).as("its lane goes on").isEqualTo(taken);
        }

        @Test
        void is_settled_there_as_long_as_somebody_is() {
            station("'alive'", "timestamp with time zone '2999-01-01 00:00:00+00'");
            assertThat(queue.inProcess()).hasSize(mineAreAll() ? 1 : 0);
        }

        @Test
        void is_settled_where_its_recipient_belongs_to() {
            put("agent-1", null, "a third");
            assertThat(queue.inProcess()).hasSize(mineAreAll() ? 1 : 0);
            recipients.remove("agent-1");
            assertThat(queue.inProcess()).as("that of nobody: anywhere").hasSize(1);
        }

        private void station(String holder, String expires) {
            database.sql("insert into station (id, holder, epoch, expires_at, mode) values ('elsewhere', " + holder
                            + ", 1, " + expires + ", 'RUNNING')")
                    .update();
        }

        /** In a file there is one station, whatever it was called before. */
        private boolean mineAreAll() {
            return DatabaseKind.of(connection) == DatabaseKind.H2;
        }
    }

    @Nested
    class A_recipient_of_another_station {

        @Test
        void is_left_to_it_where_there_can_be_another() {
            put("agent-1", null, "attic");
            String other = accept("agent-1");
            String mine = accept("agent-2");
            boolean shared = DatabaseKind.of(connection) == DatabaseKind.POSTGRESQL;
            assertThat(claim().messageId()).isEqualTo(shared ? mine : other);
            assertThat(queue.isAnyDue(Reach.ALL)).isEqualTo(!shared);
            assertThat(queue.nextDue()).isEmpty();
        }
    }

    @Nested
    class Many_lanes {

        /** Two who lock some of the same, each in parts, must not wait for each other. */
        @Test
        void are_locked_in_the_order_of_Java_whatever_the_order_of_the_database() {
            List<String> names = List.of("b-1", "B-2", "a_1", "a-2", "a.3", "A-1", "1");
            names.forEach(name -> put(name, null, null));
            List<Lane> locked = transaction.execute(status -> laneRows.lockAll(Priority.NORMAL, names));
            assertThat(locked)
                    .extracting(Lane::recipient)
                    .containsExactlyElementsOf(names.stream().sorted().toList());
        }
    }

    @Nested
    class Finished_long_ago {

        @Test
        void messages_are_removed_by_age_and_state_a_batch_at_a_time() {
            String delivered = accept("agent-1");
            queue.delivered(claim(), Channel.WINDOW, Evidence.PASTE);
            String failed = accept("agent-1");
            queue.failed(claim(), NO_WINDOW);
            clock.pass(Duration.ofDays(31));
            String waiting = accept("agent-1");

            assertThat(pruner.prune(MessageState.DELIVERED)).isFalse();
            assertThat(pruner.prune(MessageState.FAILED)).isFalse();
            assertThat(messages.find(delivered)).isEmpty();
            assertThat(messages.find(failed)).isPresent();

            clock.pass(Duration.ofDays(60));
            pruner.prune(MessageState.FAILED);
            assertThat(messages.find(failed)).isEmpty();
            assertThat(messages.figures().failed()).isZero();
            assertThat(messages.find(waiting)).isPresent();
        }

        @Test
        void they_are_announced_for_what_hangs_on_them(@Autowired ApplicationEvents events) {
            String id = accept("agent-1");
            queue.delivered(claim(), Channel.WINDOW, Evidence.PASTE);
            clock.pass(Duration.ofDays(31));
            pruner.prune(MessageState.DELIVERED);
            assertThat(events.stream(MessagesPruned.class)).containsExactly(new MessagesPruned(List.of(id)));
        }
    }

    @Test
    void tries_can_be_limited_for_one_recipient() {
        put("agent-1", new Retry(1, null), null);
        accept("agent-1");
        assertThat(claim().isLastTry()).isTrue();
        accept("agent-2");
        assertThat(claim().isLastTry()).isFalse();
    }

    @Test
    void the_figures_are_of_one_moment_also_while_messages_move() throws Exception {
        accept("agent-1");
        CompletableFuture<Void> moving = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 300; i++) {
                queue.retryAt(claim(), NO_WINDOW, clock.instant());
            }
        });
        while (!moving.isDone()) {
            Messages.Figures figures = messages.figures();
            assertThat(figures.pending() + figures.processing())
                    .as("the one message is waiting or in hand")
                    .isEqualTo(1);
        }
        moving.get();
    }

    @Test
    void the_figures_are_those_that_counting_would_give() {
        for (int i = 0; i < 40; i++) {
            String id = accept(i % 2 == 0 ? "agent-1" : "agent-2", i % 3 == 0 ? Priority.HIGH : Priority.NORMAL);
            Optional<Claim> claim = i % 4 == 3 ? Optional.empty() : queue.claimNext(Reach.ALL);
            int how = i % 7;
            claim.ifPresent(taken -> {
                switch (how) {
                    case 0 -> queue.failed(taken, NO_WINDOW);
                    case 1 -> queue.unconfirmed(taken, NO_WINDOW, null);
                    case 2 -> queue.retryAt(taken, NO_WINDOW, clock.instant().plus(RETRY));
                    case 3 -> queue.postponed(taken, NO_WINDOW, clock.instant());
                    default -> queue.delivered(taken, Channel.WINDOW, Evidence.PASTE);
                }
            });
            if (i % 9 == 0 && find(id).state() == MessageState.PENDING) {
                messages.cancel(id);
            }
            if (find(id).state() == MessageState.FAILED && i % 2 == 0) {
                messages.retry(id);
            }
            clock.pass(Duration.ofSeconds(1));
        }
        Messages.Figures figures = messages.figures();
        assertThat(figures.pending()).isEqualTo(counted("PENDING")).isPositive();
        assertThat(figures.processing()).isEqualTo(counted("PROCESSING"));
        assertThat(figures.failed()).isEqualTo(counted("FAILED"));
        assertThat(figures.unconfirmed()).isEqualTo(counted("UNCONFIRMED")).isPositive();
    }

    private long counted(String state) {
        return database.sql("select count(*) from message where state = :state")
                .param("state", state)
                .query(Long.class)
                .single();
    }

    private void put(String id, @Nullable Retry retry, @Nullable String station) {
        recipients.put(
                id,
                new RecipientSettings(
                        null,
                        true,
                        new WindowRule("^" + id, null, null),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        retry,
                        station));
    }

    private String accept(String recipient) {
        return accept(recipient, Priority.NORMAL);
    }

    private String accept(String recipient, Priority priority) {
        return messages.accept(new NewMessage(recipient, new MessageContent("hello"), null, priority, null, null, null))
                .id();
    }

    private String accept(String recipient, @Nullable Instant deliverAfter, @Nullable Instant expiresAt) {
        return messages.accept(new NewMessage(
                        recipient, new MessageContent("hello"), null, Priority.NORMAL, null, deliverAfter, expiresAt))
                .id();
    }

    private Claim claim() {
        queue.admit();
        return queue.claimNext(Reach.ALL).orElseThrow(() -> new AssertionError("nothing is due"));
    }

    private Message find(String id) {
        return messages.find(id).orElseThrow(() -> new AssertionError("there is no " + id));
    }
}
