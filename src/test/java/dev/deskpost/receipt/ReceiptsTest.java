package dev.deskpost.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deskpost.fixtures.HandClock;
import dev.deskpost.fixtures.RealDatabase;
import dev.deskpost.fixtures.Settings;
import dev.deskpost.message.Channel;
import dev.deskpost.message.Claim;
import dev.deskpost.message.DeliveryQueue;
import dev.deskpost.message.DeliveryQueue.Reach;
import dev.deskpost.message.Evidence;
import dev.deskpost.message.Failure;
import dev.deskpost.message.Message;
import dev.deskpost.message.MessageChanged;
import dev.deskpost.message.MessageContent;
import dev.deskpost.message.MessageState;
import dev.deskpost.message.Messages;
import dev.deskpost.message.MessagesPruned;
import dev.deskpost.message.NewMessage;
import dev.deskpost.message.Priority;
import dev.deskpost.message.Verdict;
import dev.deskpost.recipient.Recipients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

/** What receipts move, whenever they come. */
@RealDatabase
@RecordApplicationEvents
class ReceiptsTest {

    private static final Failure DOUBT = new Failure("NOT_CONFIRMED", "nothing proves it");
    private static final Failure NO_WINDOW = new Failure("WINDOW_NOT_FOUND", "no window matches");

    @Autowired
    Receipts receipts;

    @Autowired
    Activities activities;

    @Autowired
    Messages messages;

    @Autowired
    DeliveryQueue queue;

    @Autowired
    Recipients recipients;

    @Autowired
    HandClock clock;

    @Autowired
    ApplicationEvents events;

    @BeforeEach
    void two_agents() {
        clock.reset();
        put("agent-1");
        put("agent-2");
    }

    @Nested
    class A_late_receipt {

        @Test
        void delivers_what_was_not_confirmed() {
            String id = unconfirmed();
            clock.pass(Duration.ofHours(3));

            assertThat(receipts.record(whole(id))).isTrue();

            Message message = find(id);
            assertThat(message.state()).isEqualTo(MessageState.DELIVERED);
            assertThat(message.channel()).isEqualTo(Channel.WINDOW);
            assertThat(message.evidence()).isEqualTo(Evidence.RECEIPT);
            assertThat(message.failure()).isNull();
            assertThat(message.finishedAt()).isEqualTo(clock.instant());
            assertThat(messages.figures().unconfirmed()).isZero();
            assertThat(events.stream(MessageChanged.class))
                    .contains(new MessageChanged(id, "agent-1", MessageState.DELIVERED, false));
            assertThat(events.stream(ReceiptRecorded.class))
                    .containsExactly(new ReceiptRecorded(
                            id, Verdict.WHOLE, Evidence.RECEIPT, "agent-1", "agent-1", Source.CLAUDE_CODE, true, true));
        }

        @Test
        void ends_one_that_somebody_has_tried_again_so_that_nobody_types_it_twice() {
            String id = unconfirmed();
            String next = accept("agent-1");
            messages.retry(id);

            receipts.record(whole(id));

            assertThat(find(id).state()).isEqualTo(MessageState.DELIVERED);
            assertThat(messages.figures().pending()).isEqualTo(1);
            assertThat(claim().messageId()).isEqualTo(next);
            assertThat(queue.claimNext(Reach.ALL)).isEmpty();
        }

        @Test
        void lets_the_other_messages_of_its_lane_go_on_also_while_one_of_them_is_in_hand() {
            String id = unconfirmed();
            Claim other = claimOf(accept("agent-1"));
            messages.retry(id);
            String last = accept("agent-1");

            receipts.record(whole(id));
            queue.delivered(other, Channel.WINDOW, Evidence.PASTE);

            assertThat(claim().messageId()).isEqualTo(last);
        }

        @Test
        void delivers_one_that_failed_when_it_was_tried_again() {
            String id = unconfirmed();
            messages.retry(id);
            queue.failed(claim(), NO_WINDOW);

            receipts.record(whole(id));

            assertThat(find(id).state()).isEqualTo(MessageState.DELIVERED);
            assertThat(messages.figures().failed()).isZero();
        }

        @Test
        void raises_the_evidence_of_what_is_delivered() {
            String id = accept("agent-1");
            queue.delivered(claim(), Channel.WINDOW, Evidence.PASTE);

            receipts.record(new Receipt(id, "agent-1", Source.INBOX, Evidence.INBOX, Verdict.WHOLE, clock.instant()));
            assertThat(find(id).evidence()).isEqualTo(Evidence.INBOX);
            receipts.record(whole(id));
            assertThat(find(id).evidence()).isEqualTo(Evidence.RECEIPT);
            assertThat(find(id).state()).isEqualTo(MessageState.DELIVERED);
            assertThat(events.stream(MessageChanged.class).filter(change -> change.state() == MessageState.DELIVERED))
                    .hasSize(1);
        }

        @Test
        void keeps_what_waits_for_another_try_from_being_typed_twice() {
            String id = accept("agent-1");
            queue.retryAt(claim(), NO_WINDOW, clock.instant());

            receipts.record(whole(id));

            assertThat(find(id).state()).isEqualTo(MessageState.DELIVERED);
            assertThat(queue.claimNext(Reach.ALL)).isEmpty();
        }

        @Test
        void is_not_kept_for_what_was_never_typed_or_does_not_exist() {
            String id = accept("agent-1");

            assertThat(receipts.record(whole(id))).isFalse();
            assertThat(receipts.record(whole("msg_20261121_190500_00000000"))).isFalse();
            assertThat(receipts.record(whole("nonsense"))).isFalse();

            assertThat(find(id).state()).isEqualTo(MessageState.PENDING);
            assertThat(receipts.of(id)).isEmpty();
        }
    }

    @Nested
    class A_receipt_during_the_attempt {

        @Test
        void leaves_the_message_to_the_attempt() {
            String id = accept("agent-1");
            Claim claim = claim();

            receipts.record(whole(id));

            assertThat(find(id).state()).isEqualTo(MessageState.PROCESSING);
            assertThat(events.stream(ReceiptRecorded.class)).singleElement().satisfies(heard -> {
                assertThat(heard.late()).isFalse();
                assertThat(heard.moved()).isFalse();
            });
            assertThat(receipts.newestOf(id, claim.number()))
                    .hasValueSatisfying(found -> assertThat(found.verdict()).isEqualTo(Verdict.WHOLE));
        }

        @Test
        void counts_when_the_attempt_ends_without_knowing() {
            String id = accept("agent-1");
            Claim claim = claim();
            receipts.record(whole(id));

            queue.unconfirmed(claim, DOUBT, Evidence.PASTE);

            assertThat(find(id).state()).isEqualTo(MessageState.DELIVERED);
            assertThat(find(id).evidence()).isEqualTo(Evidence.RECEIPT);
            assertThat(messages.figures()).isEqualTo(new Messages.Figures(0, 0, 0, 0, null));
        }

        @Test
        void keeps_what_somebody_else_submitted_from_being_typed_again() {
            String retried = accept("agent-1");
            Claim claim = claim();
            receipts.record(whole(retried));
            queue.retryAt(claim, NO_WINDOW, clock.instant());

            assertThat(find(retried).state()).isEqualTo(MessageState.DELIVERED);
            assertThat(queue.claimNext(Reach.ALL)).isEmpty();

            String failed = accept("agent-1");
            claim = claim();
            receipts.record(whole(failed));
            queue.failed(claim, NO_WINDOW);

            assertThat(find(failed).state()).isEqualTo(MessageState.DELIVERED);
            assertThat(messages.figures()).isEqualTo(new Messages.Figures(0, 0, 0, 0, null));
        }

        @Test
        void does_not_come_back_with_the_try_that_a_person_has_repeated() {
            String id = accept("agent-1");
            Claim claim = claim();
            receipts.record(
                    new Receipt(id, "agent-1", Source.CODEX, Evidence.RECEIPT, Verdict.TRUNCATED, clock.instant()));
            queue.unconfirmed(claim, DOUBT, Evidence.PASTE);
            assertThat(find(id).verdict()).isEqualTo(Verdict.TRUNCATED);

            messages.retry(id);

            assertThat(find(id).verdict()).isNull();
            assertThat(find(id).state()).isEqualTo(MessageState.PENDING);
        }

        @Test
        void counts_when_the_attempt_ends_with_weaker_evidence() {
            String id = accept("agent-1");
            Claim claim = claim();
            receipts.record(whole(id));

            queue.delivered(claim, Channel.WINDOW, Evidence.PASTE);

            assertThat(find(id).evidence()).isEqualTo(Evidence.RECEIPT);
        }

        @Test
        void does_not_count_for_a_later_attempt() {
            String id = accept("agent-1");
            Claim first = claim();
            receipts.record(fault(id, "agent-1", Verdict.TRUNCATED));
            queue.retryAt(first, NO_WINDOW, clock.instant());
            clock.pass(Duration.ofSeconds(1));
            Claim second = claim();

            queue.unconfirmed(second, DOUBT, null);

            assertThat(find(id).verdict()).isNull();
            assertThat(receipts.newestOf(id, second.number())).isEmpty();
        }

        @Test
        void never_slips_between_the_attempt_and_its_end() throws Exception {
            for (int round = 0; round < 20; round++) {
                String id = accept("agent-1");
                Claim claim = claim();
                inParallel(() -> queue.unconfirmed(claim, DOUBT, null), () -> receipts.record(whole(id)));
                assertThat(find(id).state()).as("round %s", round).isEqualTo(MessageState.DELIVERED);
            }
        }
    }

    @Nested
    class A_faulty_receipt {

        @ParameterizedTest
        @EnumSource(
                value = Verdict.class,
                names = {"TRUNCATED", "MERGED"})
        void says_why_a_message_stays_unconfirmed(Verdict verdict) {
            String id = unconfirmed();

            receipts.record(fault(id, "agent-1", verdict));

            Message message = find(id);
            assertThat(message.state()).isEqualTo(MessageState.UNCONFIRMED);
            assertThat(message.verdict()).isEqualTo(verdict);
            assertThat(message.failure()).isEqualTo(new Failure(verdict.name(), verdict.meaning()));
            assertThat(messages.figures().unconfirmed()).isEqualTo(1);
        }

        @Test
        void is_noted_on_what_is_delivered_by_weaker_evidence() {
            String id = accept("agent-1");
            queue.delivered(claim(), Channel.WINDOW, Evidence.PASTE);

            receipts.record(fault(id, "agent-2", Verdict.MISROUTED));

            assertThat(find(id).state()).isEqualTo(MessageState.DELIVERED);
            assertThat(find(id).verdict()).isEqualTo(Verdict.MISROUTED);
            assertThat(receipts.of(id))
                    .singleElement()
                    .satisfies(kept -> assertThat(kept.reporter()).isEqualTo("agent-2"));
        }

        @Test
        void does_not_touch_what_the_recipient_has_proved() {
            String id = unconfirmed();
            receipts.record(whole(id));

            receipts.record(fault(id, "agent-2", Verdict.MISROUTED));

            assertThat(find(id).verdict()).isEqualTo(Verdict.WHOLE);
            assertThat(find(id).failure()).isNull();
        }

        @Test
        void is_outweighed_by_a_whole_one() {
            String id = unconfirmed();
            receipts.record(whole(id));
            clock.pass(Duration.ofSeconds(1));
            receipts.record(fault(id, "agent-1", Verdict.MERGED));

            assertThat(receipts.newestOf(id, 1))
                    .hasValueSatisfying(found -> assertThat(found.verdict()).isEqualTo(Verdict.WHOLE));
            assertThat(receipts.newestOf(id, 2)).isEmpty();
        }

        @Test
        void of_the_wrong_reporter_is_a_mistake_of_ours() {
            String id = unconfirmed();
            assertThatThrownBy(() -> receipts.record(fault(id, "agent-2", Verdict.TRUNCATED)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> receipts.record(fault(id, "agent-1", Verdict.MISROUTED)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(find(id).verdict()).isNull();
            assertThat(receipts.of(id)).isEmpty();
        }
    }

    @Nested
    class A_duplicate {

        @Test
        void changes_nothing_and_is_not_kept() {
            String id = unconfirmed();
            receipts.record(whole(id));
            clock.pass(Duration.ofSeconds(5));

            assertThat(receipts.record(whole(id))).isFalse();

            assertThat(receipts.of(id))
                    .singleElement()
                    .satisfies(kept -> assertThat(kept.at()).isEqualTo(HandClock.START));
            assertThat(find(id).finishedAt()).isEqualTo(HandClock.START);
            assertThat(events.stream(ReceiptRecorded.class)).hasSize(1);
            assertThat(activities.hooksOf("agent-1"))
                    .hasValueSatisfying(hooks -> assertThat(hooks.receipts()).isEqualTo(1));
        }

        @Test
        void is_not_kept_either_when_both_come_at_once() throws Exception {
            for (int round = 0; round < 20; round++) {
                String id = unconfirmed();
                List<Boolean> kept = inParallel(() -> receipts.record(whole(id)), () -> receipts.record(whole(id)));
                assertThat(kept).as("round %s", round).containsExactlyInAnyOrder(true, false);
            }
        }

        @Test
        void of_a_fault_says_nothing_of_the_try_that_a_person_has_wanted_since() {
            String id = unconfirmed();
            receipts.record(fault(id, "agent-1", Verdict.TRUNCATED));
            messages.retry(id);

            assertThat(receipts.record(fault(id, "agent-1", Verdict.TRUNCATED))).isFalse();

            assertThat(find(id).verdict()).isNull();
        }

        @Test
        void is_none_after_another_try() {
            String id = unconfirmed();
            receipts.record(fault(id, "agent-1", Verdict.TRUNCATED));
            messages.retry(id);
            queue.unconfirmed(claim(), DOUBT, null);

            assertThat(receipts.record(fault(id, "agent-1", Verdict.TRUNCATED))).isTrue();

            assertThat(find(id).verdict()).isEqualTo(Verdict.TRUNCATED);
            assertThat(receipts.of(id)).hasSize(2);
        }
    }

    @Test
    void receipts_go_with_their_message(@Autowired ApplicationEventPublisher publisher) {
        String id = unconfirmed();
        String other = unconfirmed();
        receipts.record(whole(id));
        receipts.record(whole(other));

        publisher.publishEvent(new MessagesPruned(List.of(id)));

        assertThat(receipts.of(id)).isEmpty();
        assertThat(receipts.of(other)).hasSize(1);
    }

    private Receipt whole(String id) {
        return new Receipt(id, "agent-1", Source.CLAUDE_CODE, Evidence.RECEIPT, Verdict.WHOLE, clock.instant());
    }

    private Receipt fault(String id, String reporter, Verdict verdict) {
        return new Receipt(id, reporter, Source.CURSOR, Evidence.RECEIPT, verdict, clock.instant());
    }

    private String unconfirmed() {
        String id = accept("agent-1");
        queue.unconfirmed(claimOf(id), DOUBT, null);
        return id;
    }

    private Claim claimOf(String id) {
        Claim claim = claim();
        assertThat(claim.messageId()).isEqualTo(id);
        return claim;
    }

    private Claim claim() {
        return queue.claimNext(Reach.ALL).orElseThrow();
    }

    private String accept(String recipient) {
        return messages.accept(
                        new NewMessage(recipient, new MessageContent("hello"), null, Priority.NORMAL, null, null, null))
                .id();
    }

    private Message find(String id) {
        return messages.find(id).orElseThrow();
    }

    private void put(String id) {
        recipients.put(id, Settings.withReceipt(id));
    }

    private static List<Boolean> inParallel(Callable<Boolean> one, Callable<Boolean> other) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            List<Future<Boolean>> both = new ArrayList<>();
            for (Callable<Boolean> each : List.of(one, other)) {
                both.add(executor.submit(() -> {
                    start.await();
                    return each.call();
                }));
            }
            return List.of(both.get(0).get(), both.get(1).get());
        } finally {
            executor.shutdownNow();
        }
    }
}
