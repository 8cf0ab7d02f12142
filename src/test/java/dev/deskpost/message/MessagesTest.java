package dev.deskpost.message;

import static dev.deskpost.message.MessageAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deskpost.fixtures.HandClock;
import dev.deskpost.fixtures.RealDatabase;
import dev.deskpost.message.DeliveryQueue.Reach;
import dev.deskpost.recipient.RecipientSettings;
import dev.deskpost.recipient.RecipientSettings.WindowRule;
import dev.deskpost.recipient.Recipients;
import dev.deskpost.recipient.UnknownRecipient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@RealDatabase
@RecordApplicationEvents
class MessagesTest {

    private static final Failure NO_WINDOW = new Failure("WINDOW_NOT_FOUND", "no window matches");
    private static final Duration RETRY = Duration.ofSeconds(5);

    @Autowired
    Messages messages;

    @Autowired
    DeliveryQueue queue;

    @Autowired
    Recipients recipients;

    @Autowired
    HandClock clock;

    @Autowired
    PlatformTransactionManager transactions;

    @BeforeEach
    void twoAgents() {
        clock.reset();
        enable("agent-1", true);
        enable("agent-2", true);
    }

    @Nested
    class Accepted {

        @Test
        void a_message_is_kept_with_all_that_was_said() {
            Instant deliverAfter = clock.instant().plusSeconds(60);
            Instant expiresAt = clock.instant().plusSeconds(3600);

            String id = messages.accept(new NewMessage(
                            "agent-2",
                            new MessageContent("é 中 🚀\nשלום"),
                            "discord:alice",
                            Priority.HIGH,
                            "{\"channel\":\"ops\"}",
                            deliverAfter,
                            expiresAt))
                    .id();

            Message kept = find(id);
            assertThat(kept).waitsUntil(deliverAfter).usedTries(0);
            assertThat(kept.recipient()).isEqualTo("agent-2");
            assertThat(kept.content()).isEqualTo("é 中 🚀\nשלום");
            assertThat(kept.sender()).isEqualTo("discord:alice");
            assertThat(kept.priority()).isEqualTo(Priority.HIGH);
            assertThat(kept.metadata()).isEqualTo("{\"channel\":\"ops\"}");
            assertThat(kept.acceptedAt()).isEqualTo(HandClock.START);
            assertThat(kept.expiresAt()).isEqualTo(expiresAt);
            assertThat(kept.maxAttempts()).isEqualTo(3);
        }

        @Test
        void the_longest_content_fits() {
            String longest = "中".repeat(21_845) + "a";

            assertThat(find(accept("agent-1", longest)).content()).isEqualTo(longest);
        }

        @Test
        void it_is_announced(@Autowired ApplicationEvents events) {
            String id = accept("agent-1");

            assertThat(events.stream(MessageAccepted.class)).containsExactly(new MessageAccepted(id, "agent-1"));
        }

        @Test
        void nobody_of_that_name_gets_nothing() {
            assertThatThrownBy(() -> accept("agent-3"))
                    .isInstanceOf(UnknownRecipient.class)
                    .hasMessageContaining("agent-3");
            assertThat(list(new MessageFilter(null, null, null))).isEmpty();
        }
    }

    @Nested
    class The_order_of_service {

        @Test
        void is_urgent_high_normal() {
            String normal = accept("agent-1", Priority.NORMAL);
            String high = accept("agent-1", Priority.HIGH);
            String urgent = accept("agent-2", Priority.URGENT);

            assertThat(claimAll()).containsExactly(urgent, high, normal);
        }

        @Test
        void is_that_of_acceptance_inside_one_priority() {
            List<String> accepted = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                accepted.add(accept(i % 2 == 0 ? "agent-1" : "agent-2"));
                clock.pass(Duration.ofMillis(1));
            }

            assertThat(claimAll()).isEqualTo(accepted);
        }

        @Test
        void is_that_of_acceptance_also_within_the_same_microsecond() {
            List<String> accepted =
                    IntStream.range(0, 10).mapToObj(i -> accept("agent-1")).toList();

            assertThat(claimAll()).isEqualTo(accepted);
        }

        @Test
        void lets_nothing_starve() {
            String waiting = accept("agent-1", Priority.NORMAL);
            clock.pass(Duration.ofMinutes(20).plusSeconds(1));
            String high = accept("agent-1", Priority.HIGH);
            clock.pass(Duration.ofMinutes(40));
            String urgent = accept("agent-1", Priority.URGENT);

            assertThat(claimAll()).containsExactly(waiting, high, urgent);
        }

        @Test
        void gives_a_higher_priority_its_head_start_until_then() {
            String normal = accept("agent-1", Priority.NORMAL);
            clock.pass(Duration.ofMinutes(20).minusSeconds(1));
            String high = accept("agent-1", Priority.HIGH);
            clock.pass(Duration.ofMinutes(40).minusSeconds(1));
            String urgent = accept("agent-1", Priority.URGENT);

            assertThat(claimAll()).containsExactly(urgent, high, normal);
        }

        @Test
        void is_empty_when_nothing_is_due() {
            assertThat(queue.claimNext(Reach.ALL)).isEmpty();
        }
    }

    @Nested
    class Claimed {

        @Test
        void a_message_is_in_process_and_its_try_is_counted() {
            String id = accept("agent-1");

            Claim claim = claim();

            assertThat(claim)
                    .isEqualTo(new Claim(
                            id,
                            1,
                            1,
                            3,
                            Trigger.FIRST,
                            "agent-1",
                            Priority.NORMAL,
                            "hello",
                            null,
                            clock.instant(),
                            clock.instant()));
            assertThat(find(id)).is(MessageState.PROCESSING).usedTries(1).wasClaimed(1);
            assertThat(queue.inProcess()).containsExactly(claim);
        }

        @Test
        void it_is_not_claimed_again() {
            accept("agent-1");
            claim();

            assertThat(queue.claimNext(Reach.ALL)).isEmpty();
        }

        @Test
        void the_third_try_is_the_last() {
            String id = accept("agent-1");

            for (int attempt = 1; attempt <= 2; attempt++) {
                Claim claim = claim();
                assertThat(claim.isLastTry()).isFalse();
                queue.retryAt(claim, NO_WINDOW, clock.instant());
            }

            assertThat(claim().isLastTry()).isTrue();
            assertThat(find(id)).usedTries(3);
        }

        @Test
        void a_claim_that_was_not_committed_has_not_been_made() {
            String id = accept("agent-1");

            new TransactionTemplate(transactions).executeWithoutResult(status -> {
                queue.claimNext(Reach.ALL);
                status.setRollbackOnly();
            });

            assertThat(find(id)).is(MessageState.PENDING).usedTries(0);
        }
    }

    @Nested
    class With_deliverAfter {

        @Test
        void it_waits_until_then_to_the_microsecond() {
            String id = accept("agent-1", clock.instant().plusSeconds(60));

            clock.pass(Duration.ofSeconds(60).minusNanos(1000));
            assertThat(queue.claimNext(Reach.ALL)).isEmpty();
            clock.pass(Duration.ofNanos(1000));
            assertThat(claim().messageId()).isEqualTo(id);
        }

        @Test
        void it_does_not_hold_up_later_ones() {
            accept("agent-1", clock.instant().plusSeconds(60));
            String later = accept("agent-1");

            assertThat(claimAll()).containsExactly(later);
        }

        @Test
        void it_takes_its_place_by_acceptance_when_its_time_has_come() {
            String early = accept("agent-1", clock.instant().plusSeconds(60));
            String later = accept("agent-1");
            clock.pass(Duration.ofSeconds(60));

            assertThat(claimAll()).containsExactly(early, later);
        }

        @Test
        void the_queue_knows_when_to_look_again() {
            accept("agent-1", HandClock.START.plusSeconds(60));
            accept("agent-1", HandClock.START.plusSeconds(30));
            accept("agent-2");

            assertThat(queue.nextDue()).contains(HandClock.START.plusSeconds(30));
        }
    }

    @Nested
    class While_a_message_waits_for_another_try {

        String waiting;

        @BeforeEach
        void one_failed() {
            waiting = accept("agent-1");
            Claim claim = claim();
            queue.retryAt(claim, NO_WINDOW, clock.instant().plus(RETRY));
        }

        @Test
        void it_says_why() {
            assertThat(find(waiting))
                    .waitsUntil(HandClock.START.plus(RETRY))
                    .becauseOf("WINDOW_NOT_FOUND")
                    .usedTries(1);
            assertThat(queue.nextDue()).contains(HandClock.START.plus(RETRY));
        }

        @Test
        void later_ones_of_its_recipient_and_priority_do_not_overtake_it() {
            accept("agent-1");

            assertThat(queue.claimNext(Reach.ALL)).isEmpty();
        }

        @Test
        void it_goes_first_when_its_time_has_come() {
            String later = accept("agent-1");
            clock.pass(RETRY);

            assertThat(claimAll()).containsExactly(waiting, later);
        }

        @Test
        void other_recipients_get_theirs() {
            accept("agent-1");
            String other = accept("agent-2");

            assertThat(claimAll()).containsExactly(other);
        }

        @Test
        void hundreds_that_it_holds_up_do_not_hide_what_may_go() {
            List<String> heldUp =
                    IntStream.range(0, 250).mapToObj(i -> accept("agent-1")).toList();
            String other = accept("agent-2");

            assertThat(claimAll()).containsExactly(other);

            clock.pass(RETRY);
            assertThat(claimAll()).startsWith(waiting).endsWith(heldUp.toArray(String[]::new));
        }

        @Test
        void other_priorities_of_its_recipient_go_on() {
            accept("agent-1", Priority.NORMAL);
            String high = accept("agent-1", Priority.HIGH);
            String urgent = accept("agent-1", Priority.URGENT);

            assertThat(claimAll()).containsExactly(urgent, high);
        }

        @Test
        void one_that_was_accepted_before_it_is_not_held_up_by_it() {
            clock.reset();
            String delayed = accept("agent-2", clock.instant().plusSeconds(1));
            String retried = accept("agent-2");
            queue.retryAt(claim(), NO_WINDOW, clock.instant().plus(RETRY));
            clock.pass(Duration.ofSeconds(1));

            assertThat(claim().messageId()).isEqualTo(delayed);
            assertThat(find(retried)).is(MessageState.PENDING);
        }

        @Test
        void a_desktop_that_is_away_keeps_the_order_too_and_costs_no_try() {
            clock.pass(RETRY);
            queue.postponed(
                    claim(),
                    new Failure("DESKTOP_UNAVAILABLE", "gone"),
                    clock.instant().plusSeconds(2));
            accept("agent-1");

            assertThat(queue.claimNext(Reach.ALL)).isEmpty();
            assertThat(find(waiting)).usedTries(1).wasClaimed(2).becauseOf("DESKTOP_UNAVAILABLE");
        }

        @Test
        void the_later_ones_go_on_once_it_has_failed_for_good() {
            String later = accept("agent-1");
            clock.pass(RETRY);
            queue.failed(claim(), NO_WINDOW);

            assertThat(find(waiting)).is(MessageState.FAILED).finishedAt(clock.instant());
            assertThat(claimAll()).containsExactly(later);
        }
    }

    @Nested
    class A_recipient_that_is_disabled {

        @BeforeEach
        void disabled() {
            enable("agent-1", false);
        }

        @Test
        void has_its_messages_wait_and_nobody_else_wait() {
            String mine = accept("agent-1", Priority.URGENT);
            String other = accept("agent-2");

            assertThat(claimAll()).containsExactly(other);
            assertThat(find(mine)).is(MessageState.PENDING).usedTries(0);
        }

        @Test
        void gets_them_in_their_order_when_it_is_enabled_again() {
            List<String> accepted = List.of(accept("agent-1"), accept("agent-1"));
            enable("agent-1", true);

            assertThat(claimAll()).isEqualTo(accepted);
        }

        @Test
        void once_removed_leaves_its_messages_to_the_delivery_which_can_say_so() {
            String id = accept("agent-1");
            recipients.remove("agent-1");

            assertThat(claim().messageId()).isEqualTo(id);
        }
    }

    @Nested
    class A_message_whose_time_is_up {

        String id;

        @BeforeEach
        void one_for_a_minute() {
            id = acceptUntil("agent-1", clock.instant().plusSeconds(60));
        }

        @Test
        void is_never_typed_even_if_nobody_has_looked_for_expired_ones_yet() {
            clock.pass(Duration.ofSeconds(60));

            assertThat(queue.claimNext(Reach.ALL)).isEmpty();
        }

        @Test
        void was_due_until_then() {
            clock.pass(Duration.ofSeconds(60).minusNanos(1000));

            assertThat(queue.expire()).isZero();
            assertThat(claim().messageId()).isEqualTo(id);
        }

        @Test
        void expires() {
            clock.pass(Duration.ofSeconds(60));

            assertThat(queue.expire()).isEqualTo(1);
            assertThat(find(id))
                    .is(MessageState.EXPIRED)
                    .finishedAt(clock.instant())
                    .usedTries(0);
            assertThat(queue.expire()).isZero();
        }

        @Test
        void expires_also_when_its_recipient_is_disabled_or_it_waits_for_another_try() {
            queue.retryAt(claim(), NO_WINDOW, clock.instant().plusSeconds(90));
            enable("agent-1", false);
            clock.pass(Duration.ofSeconds(60));

            assertThat(queue.expire()).isEqualTo(1);
            assertThat(find(id)).is(MessageState.EXPIRED).becauseOf("WINDOW_NOT_FOUND");
        }

        @Test
        void does_not_expire_while_it_is_being_delivered() {
            Claim claim = claim();
            clock.pass(Duration.ofSeconds(60));

            assertThat(queue.expire()).isZero();
            assertThat(queue.delivered(claim, Channel.WINDOW, Evidence.PASTE)).isTrue();
        }

        @Test
        void lets_the_later_ones_pass() {
            queue.retryAt(claim(), NO_WINDOW, clock.instant().plusSeconds(90));
            String later = accept("agent-1");
            clock.pass(Duration.ofSeconds(60));

            assertThat(claimAll()).containsExactly(later);
        }
    }

    @Nested
    class Settled {

        @Test
        void delivered_with_its_proof() {
            String id = accept("agent-1");

            assertThat(queue.delivered(claim(), Channel.WINDOW, Evidence.PASTE)).isTrue();
            assertThat(find(id)).wasDelivered(Channel.WINDOW, Evidence.PASTE).finishedAt(clock.instant());
        }

        @Test
        void unconfirmed_and_never_tried_again_by_itself() {
            String id = accept("agent-1");

            queue.unconfirmed(claim(), new Failure("NOT_CONFIRMED", "killed"), null);

            assertThat(find(id)).is(MessageState.UNCONFIRMED).becauseOf("NOT_CONFIRMED");
            clock.pass(Duration.ofDays(365));
            assertThat(queue.claimNext(Reach.ALL)).isEmpty();
        }

        @ParameterizedTest
        @MethodSource("dev.deskpost.message.MessagesTest#endings")
        void a_late_finisher_changes_nothing(BiFunction<DeliveryQueue, Claim, Boolean> ending) {
            String id = accept("agent-1");
            Claim late = claim();
            queue.retryAt(late, NO_WINDOW, clock.instant());
            Claim current = claim();

            assertThat(ending.apply(queue, late)).isFalse();

            assertThat(find(id)).is(MessageState.PROCESSING).usedTries(2).wasClaimed(2);
            assertThat(queue.delivered(current, Channel.WINDOW, Evidence.PASTE)).isTrue();
        }

        @ParameterizedTest
        @MethodSource("dev.deskpost.message.MessagesTest#endings")
        void what_is_settled_stays_settled(BiFunction<DeliveryQueue, Claim, Boolean> ending) {
            String id = accept("agent-1");
            Claim claim = claim();
            queue.delivered(claim, Channel.WINDOW, Evidence.PASTE);
            clock.pass(RETRY);

            assertThat(ending.apply(queue, claim)).isFalse();

            assertThat(find(id)).wasDelivered(Channel.WINDOW, Evidence.PASTE).finishedAt(HandClock.START);
        }
    }

    @Nested
    class Two_at_once {

        @Test
        void claim_one_message_and_one_of_them_gets_it() throws Exception {
            for (int round = 0; round < 20; round++) {
                String id = accept("agent-1");

                List<Optional<Claim>> claims = atOnce(2, () -> queue.claimNext(Reach.ALL));

                assertThat(claims.stream().flatMap(Optional::stream).map(Claim::messageId))
                        .containsExactly(id);
                assertThat(find(id)).usedTries(1).wasClaimed(1);
                claims.forEach(claim -> claim.ifPresent(taken -> queue.failed(taken, NO_WINDOW)));
            }
        }

        @Test
        void settle_one_message_and_one_of_them_does() throws Exception {
            for (int round = 0; round < 20; round++) {
                String id = accept("agent-1");
                Claim claim = claim();

                List<Boolean> settled = atOnce(2, () -> queue.delivered(claim, Channel.WINDOW, Evidence.PASTE));

                assertThat(settled).containsExactlyInAnyOrder(true, false);
                assertThat(find(id)).wasDelivered(Channel.WINDOW, Evidence.PASTE);
            }
        }

        @Test
        void accept_messages_and_none_is_lost() throws Exception {
            List<String> accepted = atOnce(8, () -> accept("agent-1"));

            assertThat(accepted).doesNotHaveDuplicates();
            assertThat(claimAll()).containsExactlyInAnyOrderElementsOf(accepted);
        }
    }

    @Nested
    class Listed {

        @Test
        void the_newest_come_first() {
            String first = accept("agent-1");
            String second = accept("agent-2");

            assertThat(list(new MessageFilter(null, null, null))).containsExactly(second, first);
        }

        @Test
        void the_last_page_says_that_it_is_the_last() {
            IntStream.range(0, 4).forEach(i -> accept("agent-1"));

            MessagePage first = messages.list(new MessageFilter(null, null, null), null, 2);
            MessagePage last = messages.list(new MessageFilter(null, null, null), first.next(), 2);

            assertThat(first.messages()).hasSize(2);
            assertThat(first.next()).isNotNull();
            assertThat(last.messages()).hasSize(2);
            assertThat(last.next()).isNull();
        }

        @Test
        void pages_neither_repeat_nor_skip_while_new_ones_arrive() {
            List<String> accepted =
                    IntStream.range(0, 7).mapToObj(i -> accept("agent-1")).toList();
            List<String> seen = new ArrayList<>();

            Long cursor = null;
            do {
                MessagePage page = messages.list(new MessageFilter(null, null, null), cursor, 3);
                page.messages().forEach(message -> seen.add(message.id()));
                accept("agent-1");
                cursor = page.next();
            } while (cursor != null);

            assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(accepted);
        }

        @Test
        void filters_are_combined() {
            String failed = acceptFrom("agent-1", "alice");
            acceptFrom("agent-1", "bob");
            acceptFrom("agent-2", "alice");
            String pending = acceptFrom("agent-1", "alice");
            queue.failed(claim(), NO_WINDOW); // That is the oldest one.

            assertThat(list(new MessageFilter(null, "agent-1", "alice"))).containsExactly(pending, failed);
            assertThat(list(new MessageFilter(MessageState.FAILED, "agent-1", "alice")))
                    .containsExactly(failed);
            assertThat(list(new MessageFilter(MessageState.PENDING, null, "alice")))
                    .hasSize(2);
            assertThat(list(new MessageFilter(MessageState.DELIVERED, null, null)))
                    .isEmpty();
            assertThat(list(new MessageFilter(null, "nobody", null))).isEmpty();
        }

        @Test
        void a_filter_matches_the_whole_name_only() {
            acceptFrom("agent-1", "alice");

            assertThat(list(new MessageFilter(null, null, "ali%"))).isEmpty();
            assertThat(list(new MessageFilter(null, "agent", null))).isEmpty();
        }
    }

    @Test
    void the_figures_say_how_many_stand_where_and_since_when() {
        Instant oldest = clock.instant();
        accept("agent-1");
        clock.pass(RETRY);
        IntStream.range(0, 4).forEach(i -> accept("agent-2"));
        queue.retryAt(claim(), NO_WINDOW, clock.instant().plusSeconds(60));
        queue.failed(claim(), NO_WINDOW);
        queue.unconfirmed(claim(), NO_WINDOW, null);
        claim();

        assertThat(messages.figures()).isEqualTo(new Messages.Figures(2, 1, 1, 1, oldest));
    }

    @Test
    void who_was_not_to_be_delivered_yet_or_had_failed_has_not_waited_meanwhile() {
        accept("agent-1", clock.instant().plus(Duration.ofDays(4)));
        String failed = accept("agent-2");
        queue.failed(claim(), NO_WINDOW);
        clock.pass(Duration.ofDays(4));
        queue.admit();
        assertThat(messages.figures().oldestPendingAt()).isEqualTo(clock.instant());
        clock.pass(Duration.ofSeconds(1));
        queue.failed(claim(), NO_WINDOW);
        messages.retry(failed);
        assertThat(messages.figures().oldestPendingAt()).isEqualTo(clock.instant());
    }

    @Test
    void who_is_tried_again_by_itself_has_waited_since_it_was_accepted() {
        Instant accepted = clock.instant();
        accept("agent-1");
        queue.retryAt(claim(), NO_WINDOW, clock.instant().plus(RETRY));
        clock.pass(RETRY);
        assertThat(messages.figures().oldestPendingAt()).isEqualTo(accepted);
    }

    @Test
    void the_figures_of_an_empty_queue_are_zero() {
        assertThat(messages.figures()).isEqualTo(new Messages.Figures(0, 0, 0, 0, null));
        assertThat(queue.nextDue()).isEmpty();
    }

    static Stream<Named<BiFunction<DeliveryQueue, Claim, Boolean>>> endings() {
        Instant later = HandClock.START.plusSeconds(1);
        return Stream.of(
                Named.of("delivered", (queue, claim) -> queue.delivered(claim, Channel.INBOX, Evidence.INBOX)),
                Named.of("retryAt", (queue, claim) -> queue.retryAt(claim, NO_WINDOW, later)),
                Named.of("postponed", (queue, claim) -> queue.postponed(claim, NO_WINDOW, later)),
                Named.of("failed", (queue, claim) -> queue.failed(claim, NO_WINDOW)),
                Named.of("unconfirmed", (queue, claim) -> queue.unconfirmed(claim, NO_WINDOW, null)));
    }

    private void enable(String id, boolean enabled) {
        recipients.put(id, new RecipientSettings(null, enabled, new WindowRule("^" + id, null, null), null));
    }

    private String accept(String recipient) {
        return accept(recipient, Priority.NORMAL);
    }

    private String accept(String recipient, String content) {
        return messages.accept(
                        new NewMessage(recipient, new MessageContent(content), null, Priority.NORMAL, null, null, null))
                .id();
    }

    private String accept(String recipient, Priority priority) {
        return messages.accept(new NewMessage(recipient, new MessageContent("hello"), null, priority, null, null, null))
                .id();
    }

    private String accept(String recipient, Instant deliverAfter) {
        return messages.accept(new NewMessage(
                        recipient, new MessageContent("hello"), null, Priority.NORMAL, null, deliverAfter, null))
                .id();
    }

    private String acceptUntil(String recipient, Instant expiresAt) {
        return messages.accept(new NewMessage(
                        recipient, new MessageContent("hello"), null, Priority.NORMAL, null, null, expiresAt))
                .id();
    }

    private String acceptFrom(String recipient, String sender) {
        return messages.accept(new NewMessage(
                        recipient, new MessageContent("hello"), sender, Priority.NORMAL, null, null, null))
                .id();
    }

    private Claim claim() {
        queue.admit();
        return queue.claimNext(Reach.ALL).orElseThrow(() -> new AssertionError("nothing is due"));
    }

    /** Delivers until nothing is due. */
    private List<String> claimAll() {
        queue.admit();
        return Stream.generate(() -> queue.claimNext(Reach.ALL))
                .takeWhile(Optional::isPresent)
                .map(Optional::get)
                .peek(claim -> queue.delivered(claim, Channel.WINDOW, Evidence.PASTE))
                .map(Claim::messageId)
                .toList();
    }

    private Message find(String id) {
        return messages.find(id).orElseThrow(() -> new AssertionError("there is no " + id));
    }

    private List<String> list(MessageFilter filter) {
        return messages.list(filter, null, 200).messages().stream()
                .map(Message::id)
                .toList();
    }

    private static <T> List<T> atOnce(int threads, Callable<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
