package dev.deskpost.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.HandClock;
import dev.deskpost.fixtures.RealDatabase;
import dev.deskpost.fixtures.Settings;
import dev.deskpost.message.Claim;
import dev.deskpost.message.DeliveryQueue;
import dev.deskpost.message.DeliveryQueue.Reach;
import dev.deskpost.message.Evidence;
import dev.deskpost.message.Failure;
import dev.deskpost.message.Message;
import dev.deskpost.message.MessageContent;
import dev.deskpost.message.Messages;
import dev.deskpost.message.NewMessage;
import dev.deskpost.message.Priority;
import dev.deskpost.message.Verdict;
import dev.deskpost.receipt.PromptComparison.Finding;
import dev.deskpost.recipient.Recipients;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What a prompt says of messages that were pasted with a line that names them. */
@RealDatabase
class PromptComparisonTest {

    private static final String CONTENT = "Please review PR 17.\n\nIt changes the queue,\tand nothing else.";

    @Autowired
    PromptComparison comparison;

    @Autowired
    PastedText pasted;

    @Autowired
    Messages messages;

    @Autowired
    DeliveryQueue queue;

    @Autowired
    Recipients recipients;

    @Autowired
    HandClock clock;

    @BeforeEach
    void two_agents() {
        clock.reset();
        put("agent-1");
        put("agent-2");
    }

    @Nested
    class The_whole_text {

        @Test
        void is_whole_however_it_is_spaced() {
            Message message = typed("agent-1", CONTENT);
            String text = pasted.of(message);

            assertSays(text, message, Verdict.WHOLE);
            assertSays("\r\n " + text.replace("\n", "\r\n").replace("\t", "    ") + "\n\n", message, Verdict.WHOLE);
            assertSays(text.replaceAll("\\s+", "\n"), message, Verdict.WHOLE);
        }

        @Test
        void is_whole_when_only_its_id_was_lost_or_cut() {
            Message message = typed("agent-1", CONTENT);

            assertSays(CONTENT, message, Verdict.WHOLE);
            assertSays(CONTENT + "\n\n[deskpost " + message.id().substring(0, 9), message, Verdict.WHOLE);
        }

        @Test
        void is_whole_also_when_it_is_short() {
            Message message = typed("agent-1", "a");

            assertSays(pasted.of(message), message, Verdict.WHOLE);
            assertSaysNothing("b");
        }

        @Test
        void is_whole_when_it_quotes_other_messages() {
            Message quoted = typed("agent-2", CONTENT);
            Message own = typed("agent-1", CONTENT);
            Message message = typed("agent-1", "They said:\n" + pasted.of(quoted) + "\nand " + pasted.of(own));

            assertSays(pasted.of(message), message, Verdict.WHOLE);
        }

        @Test
        void is_that_of_the_message_that_is_named_and_not_of_another_with_the_same_content() {
            typed("agent-1", CONTENT);
            Message message = typed("agent-1", CONTENT);
            typed("agent-1", CONTENT);

            assertSays(pasted.of(message), message, Verdict.WHOLE);
        }

        @Test
        void without_an_id_is_that_of_one_message_only() {
            typed("agent-1", CONTENT);
            typed("agent-1", CONTENT);

            assertThat(says("agent-1", CONTENT)).hasSize(1);
        }

        @Test
        void of_a_word_or_two_is_somebody_elses_unless_its_id_is_there() {
            Message message = typed("agent-1", "continue");

            assertSaysNothing("continue");
            assertSaysNothing("continue\n\n[deskpost ");
            assertSays(pasted.of(message), message, Verdict.WHOLE);
        }

        @Test
        void is_whole_also_when_the_template_has_changed_since_it_was_pasted() {
            Message named = typed("agent-1", CONTENT);
            String text = pasted.of(named);
            recipients.put("agent-1", Settings.of("{\"window\":{\"title\":\"^agent-1$\"}}"));
            assertSays(text, named, Verdict.WHOLE);
            assertSays("a draft " + text, named, Verdict.MERGED);

            Message unnamed = typed("agent-1", "And PR 18, please, of which nobody knows anything.");
            put("agent-1");
            assertSays(unnamed.content(), unnamed, Verdict.WHOLE);
        }

        @Test
        void is_whole_with_the_marks_of_a_paste_around_it() {
            Message message = typed("agent-1", CONTENT);

            assertSays("\u001b[200~" + pasted.of(message) + "\u001b[201~", message, Verdict.WHOLE);
            assertSays("\u001b[200~" + pasted.of(message), message, Verdict.WHOLE);
        }

        @Test
        void without_an_id_is_looked_for_only_for_some_time() {
            typed("agent-1", CONTENT);
            clock.pass(Duration.ofHours(1).plusSeconds(1));

            assertSaysNothing(CONTENT);
        }

        @Test
        void without_an_id_may_be_that_of_the_message_in_hand() {
            accept("agent-1", CONTENT);
            String id = queue.claimNext(Reach.ALL).orElseThrow().messageId();

            assertThat(says("agent-1", CONTENT)).containsExactly(new Finding(id, Verdict.WHOLE));
            assertThat(says("agent-2", CONTENT)).isEmpty();
        }
    }

    @Nested
    class A_part_of_the_text {

        @Test
        void without_its_head_is_truncated() {
            Message message = typed("agent-1", CONTENT);
            String text = pasted.of(message);

            assertSays(text.substring(1), message, Verdict.TRUNCATED);
            assertSays(text.substring(30), message, Verdict.TRUNCATED);
            assertSays("[deskpost " + message.id() + "]", message, Verdict.TRUNCATED);
        }

        @Test
        void without_its_tail_is_truncated() {
            Message message = typed("agent-1", CONTENT);

            assertSays(CONTENT.substring(0, CONTENT.length() - 1), message, Verdict.TRUNCATED);
            assertSays(CONTENT.substring(0, 21), message, Verdict.TRUNCATED);
        }

        @Test
        void with_a_hole_is_truncated() {
            Message message = typed("agent-1", CONTENT);

            assertSays(pasted.of(message).replace("the queue", ""), message, Verdict.TRUNCATED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Please review PR", "nothing else.", ".", ""})
        void that_may_be_an_accident_is_nothing(String part) {
            typed("agent-1", CONTENT);

            assertSaysNothing(part);
        }
    }

    @Nested
    class Other_text {

        @Test
        void of_a_draft_before_or_behind_it_is_merged() {
            Message message = typed("agent-1", CONTENT);

            assertSays("what I was wri" + pasted.of(message), message, Verdict.MERGED);
            assertSays(pasted.of(message) + "ting here", message, Verdict.MERGED);
        }

        @Test
        void of_a_second_message_is_merged_for_both() {
            Message one = typed("agent-1", CONTENT);
            Message two = typed("agent-1", "And PR 18");

            assertThat(says("agent-1", pasted.of(one) + pasted.of(two)))
                    .containsExactlyInAnyOrder(
                            new Finding(one.id(), Verdict.MERGED), new Finding(two.id(), Verdict.MERGED));
        }

        @Test
        void of_a_second_message_for_another_is_merged_here_and_misrouted_there() {
            Message own = typed("agent-1", CONTENT);
            Message others = typed("agent-2", "And PR 18");

            assertThat(says("agent-1", pasted.of(own) + "\n" + pasted.of(others)))
                    .containsExactlyInAnyOrder(
                            new Finding(own.id(), Verdict.MERGED), new Finding(others.id(), Verdict.MISROUTED));
        }

        @Test
        void around_a_message_that_quotes_another_is_merged_for_the_outer_one() {
            Message quoted = typed("agent-2", CONTENT);
            Message message = typed("agent-1", "They said:\n" + pasted.of(quoted));

            assertSays("draft " + pasted.of(message), message, Verdict.MERGED);
        }
    }

    @Nested
    class A_message_for_another {

        @Test
        void is_misrouted_when_its_whole_text_is_here() {
            Message message = typed("agent-2", CONTENT);

            assertSays(pasted.of(message), message, Verdict.MISROUTED);
            assertSays("draft" + pasted.of(message), message, Verdict.MISROUTED);
        }

        @Test
        void is_not_when_its_id_is_only_quoted() {
            Message message = typed("agent-2", CONTENT);

            assertSaysNothing("What became of " + message.id() + "?");
            assertSaysNothing("What became of [deskpost " + message.id() + "]?");
            assertSaysNothing(message.id());
        }

        @Test
        void is_not_when_its_own_recipient_has_proved_it() {
            Message message = typed("agent-2", CONTENT);
            messages.confirm(message.id(), Evidence.RECEIPT);

            assertSaysNothing("Look at this: " + pasted.of(message));
        }

        @Test
        void is_not_when_it_was_never_typed() {
            Message message = messages.find(accept("agent-2", CONTENT)).orElseThrow();

            assertSaysNothing(pasted.of(message));
        }
    }

    @Nested
    class A_persons_own_prompt {

        @Test
        void says_nothing() {
            Message message = typed("agent-1", CONTENT);

            assertSaysNothing("Please review PR 18, and then go home. What do you think?");
            assertSaysNothing("Did you get " + message.id() + "?");
            assertSaysNothing("Did you get [deskpost " + message.id() + "]");
            assertSaysNothing("msg_20261121_190500_00000000");
        }
    }

    @Nested
    class A_hostile_prompt {

        @Test
        void with_thousands_of_ids_costs_no_more_than_a_few() {
            Message first = typed("agent-1", CONTENT);
            StringBuilder prompt = new StringBuilder(pasted.of(first)).append('\n');
            for (int i = 0; i < 30_000; i++) {
                prompt.append("msg_20261121_190500_")
                        .append(String.format("%08x", i))
                        .append(' ');
            }

            Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(10), () -> assertSays(prompt.toString(), first, Verdict.MERGED));
        }

        @Test
        void of_a_mebibyte_is_compared_with_long_messages_in_bounded_time() {
            for (int i = 0; i < 20; i++) {
                typed("agent-1", "a".repeat(30_000) + "b" + "a".repeat(30_000) + i);
            }

            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertSaysNothing("a".repeat(1 << 20)));
        }
    }

    private void assertSays(String prompt, Message message, Verdict verdict) {
        assertThat(says("agent-1", prompt))
                .as(prompt.substring(0, Math.min(200, prompt.length())))
                .containsExactly(new Finding(message.id(), verdict));
    }

    private void assertSaysNothing(String prompt) {
        assertThat(says("agent-1", prompt)).isEmpty();
    }

    private List<Finding> says(String reporter, String prompt) {
        return comparison.compare(reporter, prompt, clock.instant());
    }

    /** A message whose attempt has ended, and nobody knows how. */
    private Message typed(String recipient, String content) {
        String id = accept(recipient, content);
        Claim claim = queue.claimNext(Reach.ALL).orElseThrow();
        assertThat(claim.messageId()).isEqualTo(id);
        queue.unconfirmed(claim, new Failure("NOT_CONFIRMED", "nothing proves it"), null);
        return messages.find(id).orElseThrow();
    }

    private String accept(String recipient, String content) {
        return messages.accept(
                        new NewMessage(recipient, new MessageContent(content), null, Priority.NORMAL, null, null, null))
                .id();
    }

    private void put(String id) {
        recipients.put(id, Settings.withReceipt(id));
    }
}
