package dev.deskpost.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.HandClock;
import dev.deskpost.fixtures.RealDatabase;
import dev.deskpost.fixtures.Settings;
import dev.deskpost.message.Claim;
import dev.deskpost.message.DeliveryQueue;
import dev.deskpost.message.DeliveryQueue.Reach;
import dev.deskpost.message.MessageContent;
import dev.deskpost.message.Messages;
import dev.deskpost.message.NewMessage;
import dev.deskpost.message.Priority;
import dev.deskpost.receipt.HookEvent.Blocked;
import dev.deskpost.receipt.HookEvent.Idle;
import dev.deskpost.receipt.HookEvent.Prompt;
import dev.deskpost.recipient.Recipients;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** When messages are held back for what their recipient does, and when not any more. */
@RealDatabase
class ReadyRecipientsTest {

    @Autowired
    ReadyRecipients ready;

    @Autowired
    Activities activities;

    @Autowired
    Recipients recipients;

    @Autowired
    Messages messages;

    @Autowired
    DeliveryQueue queue;

    @Autowired
    HandClock clock;

    @BeforeEach
    void start() {
        clock.reset();
    }

    @Nested
    class One_that_asks_a_person_something {

        @Test
        void gets_nothing_until_it_has_its_answer_and_others_get_theirs() {
            put("agent-1", "");
            put("agent-2", "");
            String held = accept("agent-1");
            String other = accept("agent-2");
            hear("agent-1", new Blocked());

            assertThat(claimed()).contains(other);
            assertThat(claimed()).isEmpty();
            assertThat(queue.nextDue()).contains(clock.instant().plus(Duration.ofHours(24)));

            hear("agent-1", new Idle());
            assertThat(queue.lookAgain()).isEqualTo(1);
            assertThat(queue.lookAgain()).isZero();
            assertThat(claimed()).contains(held);
        }

        @Test
        void gets_nothing_however_long_it_takes_unless_its_messages_are_to_fail() {
            put("agent-1", ",\"waiting\":{\"limit\":\"PT10M\"}");
            put("agent-2", ",\"waiting\":{\"limit\":\"PT10M\",\"then\":\"fail\"}");
            accept("agent-1");
            String failing = accept("agent-2");
            hear("agent-1", new Blocked());
            hear("agent-2", new Blocked());
            assertThat(claimed()).isEmpty();

            clock.pass(Duration.ofMinutes(10));
            assertThat(claimed()).contains(failing);
            assertThat(claimed()).isEmpty();
            assertThat(notReady("agent-1", Duration.ofMinutes(10)))
                    .map(ReadyRecipients.NotReady::tooLong)
                    .contains(false);
            assertThat(notReady("agent-2", Duration.ofMinutes(10)))
                    .map(ReadyRecipients.NotReady::tooLong)
                    .contains(true);
        }

        @Test
        void is_not_believed_for_ever() {
            put("agent-1", "");
            String held = accept("agent-1");
            hear("agent-1", new Blocked());
            assertThat(claimed()).isEmpty();

            clock.pass(Duration.ofHours(24).minusMillis(1));
            assertThat(claimed()).isEmpty();
            clock.pass(Duration.ofMillis(1));
            assertThat(claimed()).contains(held);
        }

        @Test
        void types_nothing_whose_wait_was_over_before_it_stopped_being_believed() {
            put("agent-1", ",\"waiting\":{\"limit\":\"PT24H\",\"then\":\"fail\"}");
            String failing = accept("agent-1");
            hear("agent-1", new Blocked());
            assertThat(claimed()).isEmpty();

            clock.pass(Duration.ofHours(24)); // At the same moment
            assertThat(claimed()).contains(failing);
            assertThat(notReady("agent-1", Duration.ofHours(24)))
                    .map(ReadyRecipients.NotReady::tooLong)
                    .contains(true);
            clock.pass(Duration.ofHours(1)); // And if somebody looks later
            assertThat(notReady("agent-1", Duration.ofHours(25)))
                    .map(ReadyRecipients.NotReady::tooLong)
                    .contains(true);
            assertThat(notReady("agent-1", Duration.ofMinutes(5))).isEmpty();
        }

        @Test
        void still_gets_files_if_it_has_no_window() {
            recipients.put("agent-1", Settings.of("{\"inbox\":\"agent-1\"}"));
            accept("agent-1");
            hear("agent-1", new Blocked());

            assertThat(queue.isAnyDue(Reach.WITHOUT_DESKTOP)).isTrue();
            assertThat(queue.claimNext(Reach.WITH_DESKTOP)).isEmpty();
            assertThat(queue.claimNext(Reach.WITHOUT_DESKTOP)).isPresent();
        }
    }

    @Nested
    class One_that_is_busy {

        @Test
        void gets_its_messages_unless_it_wants_to_be_idle() {
            put("agent-1", "");
            String message = accept("agent-1");
            hear("agent-1", new Prompt("x"));
            assertThat(claimed()).contains(message);
            assertThat(notReady("agent-1", Duration.ZERO)).isEmpty();
        }

        @Test
        void that_wants_to_be_idle_gets_them_after_the_limit() {
            put("agent-1", ",\"deliverWhen\":\"idle\",\"waiting\":{\"limit\":\"PT10M\"}");
            String message = accept("agent-1");
            hear("agent-1", new Prompt("x"));
            assertThat(claimed()).isEmpty();
            assertThat(queue.nextDue()).contains(clock.instant().plus(Duration.ofMinutes(10)));

            clock.pass(Duration.ofMinutes(10));
            assertThat(claimed()).contains(message);
            assertThat(notReady("agent-1", Duration.ofMinutes(10))).isEmpty();
        }
    }

    private void put(String id, String more) {
        recipients.put(id, Settings.of("{\"window\":{\"title\":\"^" + id + "$\"}" + more + "}"));
    }

    private void hear(String id, HookEvent event) {
        activities.heard(id, null, List.of(event), clock.instant());
    }

    private String accept(String recipient) {
        return messages.accept(
                        new NewMessage(recipient, new MessageContent("hello"), null, Priority.NORMAL, null, null, null))
                .id();
    }

    private Optional<String> claimed() {
        return queue.claimNext(Reach.ALL).map(Claim::messageId);
    }

    /** For a message that has been due for so long. */
    private Optional<ReadyRecipients.NotReady> notReady(String id, Duration since) {
        Instant dueSince = clock.instant().minus(since);
        return ready.notReady(recipients.find(id).orElseThrow(), dueSince);
    }
}
