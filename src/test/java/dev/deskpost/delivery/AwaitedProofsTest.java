package dev.deskpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deskpost.desktop.InMemoryDesktop;
import dev.deskpost.desktop.InMemoryDesktop.ChatWindow;
import dev.deskpost.fixtures.Settings;
import dev.deskpost.message.Channel;
import dev.deskpost.message.Evidence;
import dev.deskpost.message.Message;
import dev.deskpost.message.MessageContent;
import dev.deskpost.message.MessageState;
import dev.deskpost.message.Messages;
import dev.deskpost.message.NewMessage;
import dev.deskpost.message.Priority;
import dev.deskpost.message.Verdict;
import dev.deskpost.receipt.Receipt;
import dev.deskpost.receipt.Receipts;
import dev.deskpost.receipt.Source;
import dev.deskpost.recipient.Recipients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What becomes of messages whose recipient is to prove them itself: loop, queue and receipts over a real H2. */
@SpringBootTest(
        properties = {
            "deskpost.delivery.poll-interval=1h",
            "deskpost.delivery.retry-jitter=0",
            "deskpost.delivery.race-limit=50ms",
            "deskpost.delivery.timings.focus-floor=50ms"
        })
@Import(DeliveryDoubles.class)
class AwaitedProofsTest {

    @TempDir
    private static Path home;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("deskpost.home", () -> home.toString());
    }

    @Autowired
    InMemoryDesktop desktop;

    @Autowired
    MutableClock clock;

    @Autowired
    Messages messages;

    @Autowired
    Recipients recipients;

    @Autowired
    Receipts receipts;

    @Autowired
    Attempts attempts;

    @Autowired
    AwaitedProofs proofs;

    @Autowired
    DeliveryLoop loop;

    private ChatWindow agent;
    private ChatWindow other;

    @BeforeEach
    void two_agents() {
        agent = desktop.open("agent");
        other = desktop.open("other");
        put("agent", """
                "confirmation":{"by":"receipt","timeout":"PT10S"}""");
        put("other", """
                "draft":"ignore\"""");
    }

    @AfterEach
    void nothing_is_left() {
        await().until(() -> {
            clock.advance(Duration.ofMinutes(1));
            loop.wake();
            Messages.Figures figures = messages.figures();
            return figures.pending() + figures.processing() == 0;
        });
        desktop.close(agent);
        desktop.close(other);
    }

    @Test
    void the_proof_of_one_is_awaited_while_others_are_delivered() {
        String first = accept("agent", "one");
        String behind = accept("agent", "two");
        String elsewhere = accept("other", "three");

        awaitState(elsewhere, MessageState.DELIVERED);
        assertThat(message(first).state()).isEqualTo(MessageState.PROCESSING);
        assertThat(message(behind).state()).isEqualTo(MessageState.PENDING);
        assertThat(agent.submitted()).containsExactly("one\n\n[deskpost " + first + "]");

        report(first, Verdict.WHOLE);

        awaitState(first, MessageState.DELIVERED);
        assertThat(message(first).evidence()).isEqualTo(Evidence.RECEIPT);
        assertThat(attempts.stepsOf(first))
                .extracting(AttemptStep::step)
                .endsWith(Step.SUBMITTING, Step.SUBMITTED, Step.CONFIRMED);
        await().until(() -> agent.submitted().size() == 2);
    }

    @Test
    void silence_proves_nothing_and_is_worth_more_from_one_that_has_spoken_before() {
        recipients.remove("agent");
        put("agent", """
                "confirmation":{"by":"receipt","timeout":"PT10S"}""");
        String first = accept("agent", "one");
        awaitSubmitted(1);
        clock.advance(Duration.ofSeconds(9));
        loop.wake();
        report(first, Verdict.WHOLE);
        awaitState(first, MessageState.DELIVERED);

        String silent = accept("agent", "two");
        awaitSubmitted(2);
        clock.advance(Duration.ofSeconds(10));
        loop.wake();

        awaitState(silent, MessageState.UNCONFIRMED);
        assertThat(message(silent).failure().code()).isEqualTo("RECIPIENT_SILENT");
        assertThat(message(silent).evidence()).isEqualTo(Evidence.PASTE);

        report(silent, Verdict.WHOLE);
        awaitState(silent, MessageState.DELIVERED);
        assertThat(agent.submitted()).hasSize(2);
    }

    @Test
    void a_part_of_the_text_ends_the_wait_and_says_so() {
        String id = accept("agent", "one");
        awaitSubmitted(1);

        report(id, Verdict.TRUNCATED);

        awaitState(id, MessageState.UNCONFIRMED);
        assertThat(message(id).verdict()).isEqualTo(Verdict.TRUNCATED);
        assertThat(message(id).failure().code()).isEqualTo("TRUNCATED");
        assertThat(attempts.of(id))
                .singleElement()
                .satisfies(attempt -> assertThat(
                                Objects.requireNonNull(attempt.failure()).code())
                        .isEqualTo("TRUNCATED"));
    }

    @Test
    void what_another_process_has_submitted_is_taken_up() {
        String id = accept("agent", "one");
        awaitSubmitted(1);

        proofs.forget(); // As if this were the next process
        report(id, Verdict.WHOLE);
        loop.wake();

        awaitState(id, MessageState.DELIVERED);
        assertThat(attempts.of(id)).extracting(Attempt::outcome).containsExactly("DELIVERED");
        assertThat(agent.submitted()).hasSize(1);
    }

    @Test
    void when_all_tries_are_used_up_the_inbox_gets_it_with_the_reason_in_the_attempt() {
        put("nowhere", """
                "inbox":"nowhere","retry":{"maxAttempts":2,"delays":["PT1S"]}""");
        String id = accept("nowhere", "for the inbox");
        await().until(() -> message(id).attempts() == 1 && message(id).state() == MessageState.PENDING);
        clock.advance(Duration.ofSeconds(1));
        loop.wake();

        awaitState(id, MessageState.DELIVERED);
        assertThat(message(id).channel()).isEqualTo(Channel.INBOX);
        assertThat(message(id).evidence()).isNull();
        assertThat(message(id).failure()).isNull();
        assertThat(attempts.of(id))
                .last()
                .satisfies(attempt -> assertThat(
                                Objects.requireNonNull(attempt.failure()).code())
                        .isEqualTo("WINDOW_NOT_FOUND"));
        assertThat(home.resolve("inboxes/nowhere")).isDirectoryContaining("glob:**/MESSAGE_*_" + id + ".md");
    }

    @Test
    void a_recipient_without_a_window_needs_no_desktop() {
        recipients.put("archive", Settings.of("{\"inbox\":\"archive\"}"));
        desktop.unavailable("the screen is gone");
        try {
            awaitState(accept("archive", "for the record"), MessageState.DELIVERED);
        } finally {
            desktop.unavailable(null);
        }
    }

    private void put(String id, String more) {
        recipients.put(id, Settings.of("{\"window\":{\"title\":\"^" + id + "$\"}," + more + "}"));
    }

    private void report(String id, Verdict verdict) {
        receipts.record(new Receipt(id, "agent", Source.CODEX, Evidence.RECEIPT, verdict, clock.instant()));
    }

    private void awaitSubmitted(int count) {
        await().until(() ->
                agent.submitted().size() == count && messages.figures().processing() == 1);
    }

    private void awaitState(String id, MessageState state) {
        await().until(() -> message(id).state() == state);
    }

    private Message message(String id) {
        return messages.find(id).orElseThrow();
    }

    private String accept(String recipient, String content) {
        return messages.accept(
                        new NewMessage(recipient, new MessageContent(content), null, Priority.NORMAL, null, null, null))
                .id();
    }
}
