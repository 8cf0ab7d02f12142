package dev.deskpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deskpost.desktop.InMemoryDesktop;
import dev.deskpost.desktop.InMemoryDesktop.ChatWindow;
import dev.deskpost.fixtures.Settings;
import dev.deskpost.message.Channel;
import dev.deskpost.message.DeliveryQueue.Reach;
import dev.deskpost.message.Evidence;
import dev.deskpost.message.Message;
import dev.deskpost.message.MessageContent;
import dev.deskpost.message.MessageState;
import dev.deskpost.message.Messages;
import dev.deskpost.message.NewMessage;
import dev.deskpost.message.Priority;
import dev.deskpost.message.Verdict;
import dev.deskpost.receipt.HearHooks;
import dev.deskpost.receipt.HookQueue;
import dev.deskpost.receipt.Receipt;
import dev.deskpost.receipt.Receipts;
import dev.deskpost.receipt.Source;
import dev.deskpost.recipient.Recipients;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
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

    @Autowired
    DeliveryJournal journal;

    @Autowired
    HearHooks hooks;

    @Autowired
    HookQueue hookQueue;

    @Autowired
    Processor processor;

    @Autowired
    ThreadPoolTaskScheduler deliveryExecutor;

    @Autowired
    JdbcClient database;

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
        desktop.beforeKeys(keys -> {});
        hook("{\"event\":\"idle\"}");
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
        it_has_spoken_before();

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
    void silence_of_one_that_nobody_listened_to_is_worth_nothing() throws Exception {
        it_has_spoken_before();
        String id = accept("agent", "two");
        awaitSubmitted(2);

        clock.advance(Duration.ofSeconds(45));
        onExecutor(this::forget); // As if this were the next process, 45 s later

        awaitState(id, MessageState.UNCONFIRMED);
        assertThat(message(id).failure().code()).isEqualTo("NOT_CONFIRMED");
        assertThat(message(id).failure().detail()).startsWith("the text was fetched and submitted");
        assertThat(message(id).evidence()).isEqualTo(Evidence.PASTE);
    }

    @Test
    void silence_is_worth_nothing_where_one_of_its_events_was_lost() {
        it_has_spoken_before();
        String id = accept("agent", "two");
        awaitSubmitted(2);

        hookQueue.work(() -> {
            throw new IllegalStateException("the database is away");
        });
        clock.advance(Duration.ofSeconds(10));
        loop.wake();

        awaitState(id, MessageState.UNCONFIRMED);
        assertThat(message(id).failure().code()).isEqualTo("NOT_CONFIRMED");
    }

    @Test
    void silence_is_worth_nothing_while_a_question_keeps_it_from_taking_the_text_up() {
        it_has_spoken_before();
        hook("{\"event\":\"busy\"}");
        clock.advance(Duration.ofSeconds(1));
        String id = accept("agent", "two");
        awaitSubmitted(2);

        clock.advance(Duration.ofSeconds(5));
        hook("{\"event\":\"blocked\"}");
        clock.advance(Duration.ofSeconds(10));
        loop.wake();

        awaitState(id, MessageState.UNCONFIRMED);
        assertThat(message(id).failure().code()).isEqualTo("NOT_CONFIRMED");
    }

    @Test
    void of_a_text_whose_submit_keys_nobody_saw_pressed_nothing_more_is_claimed() throws Exception {
        it_has_spoken_before();
        String id = onExecutor(() -> {
            String cutOff = accept("agent", "two");
            AttemptLog attempt = journal.claimNext(Reach.ALL).orElseThrow();
            attempt.note(Step.PASTING);
            attempt.note(Step.SUBMITTING);
            journal.keep(attempt);
            return cutOff;
        });
        clock.advance(Duration.ofSeconds(10));
        loop.wake();

        awaitState(id, MessageState.UNCONFIRMED);
        assertThat(message(id).failure().code()).isEqualTo("NOT_CONFIRMED");
        assertThat(message(id).failure().detail()).startsWith("Deskpost stopped while it pressed the submit keys");
        assertThat(message(id).evidence()).isNull();
    }

    @Test
    void the_time_of_one_that_was_busy_counts_from_when_it_says_that_it_is_not() throws Exception {
        hook("{\"event\":\"busy\"}");
        clock.advance(Duration.ofSeconds(1));
        String id = accept("agent", "one");
        awaitSubmitted(1);
        clock.advance(Duration.ofSeconds(10));
        loop.wake();
        onExecutor(() -> true); // It has looked, and will look again when busy is not believed any more
        assertThat(message(id).state()).isEqualTo(MessageState.PROCESSING);

        hook("{\"event\":\"idle\"}");
        clock.advance(Duration.ofSeconds(9));
        loop.wake();
        onExecutor(() -> true);
        assertThat(message(id).state()).isEqualTo(MessageState.PROCESSING);
        clock.advance(Duration.ofSeconds(1));
        loop.wake();

        awaitState(id, MessageState.UNCONFIRMED);
    }

    @Test
    void a_receipt_belongs_to_the_try_in_which_it_came_whatever_the_clock_of_its_station_says() {
        String id = accept("agent", "one");
        awaitSubmitted(1);

        receipts.record(new Receipt(
                id,
                "agent",
                Source.CODEX,
                Evidence.RECEIPT,
                Verdict.WHOLE,
                clock.instant().minusSeconds(3)));

        awaitState(id, MessageState.DELIVERED);
        assertThat(message(id).evidence()).isEqualTo(Evidence.RECEIPT);
    }

    @Test
    void a_clock_that_is_set_back_makes_nobody_wait_longer() throws Exception {
        hook("{\"event\":\"idle\"}"); // Later than all that follows
        String id = accept("agent", "one");
        awaitSubmitted(1);

        clock.advance(Duration.ofHours(-1));
        loop.wake();
        onExecutor(() -> true);
        clock.advance(Duration.ofSeconds(10));
        loop.wake();

        awaitState(id, MessageState.UNCONFIRMED);
        clock.advance(Duration.ofHours(1));
    }

    @Test
    void what_is_proved_during_a_second_try_is_not_submitted_by_it() {
        desktop.close(agent);
        String id = accept("agent", "one");
        await().until(() -> message(id).attempts() == 1 && message(id).state() == MessageState.PENDING);
        agent = desktop.open("agent");
        desktop.beforeKeys(keys -> {
            if (keys.toString().equals("ctrl+v")) {
                report(id, Verdict.WHOLE);
            }
        });
        clock.advance(Duration.ofSeconds(5));
        loop.wake();

        awaitState(id, MessageState.DELIVERED);
        assertThat(message(id).evidence()).isEqualTo(Evidence.RECEIPT);
        assertThat(agent.submitted()).isEmpty();
        assertThat(agent.input()).isEmpty();
        assertThat(attempts.of(id)).extracting(Attempt::outcome).containsExactly("NOT_SENT", "DELIVERED");
    }

    @Test
    void no_key_goes_to_a_question_that_comes_after_the_paste_although_the_wait_is_over() {
        put("agent", """
                "inbox":"agent","waiting":{"limit":"PT1S","then":"fail"}""");
        desktop.beforeKeys(keys -> {
            if (keys.toString().equals("ctrl+v")) {
                clock.advance(Duration.ofSeconds(2));
                hook("{\"event\":\"blocked\"}");
            }
        });
        String id = accept("agent", "one");

        await().until(() -> message(id).failure() != null);
        assertThat(message(id).failure().code()).isEqualTo("RECIPIENT_BLOCKED");
        assertThat(agent.keys()).last().hasToString("ctrl+v");
        assertThat(agent.input()).isEqualTo("one");

        // The text stands in the box: a file would be a second one
        clock.advance(Duration.ofSeconds(1));
        loop.wake();
        awaitState(id, MessageState.FAILED);
        assertThat(message(id).failure().code()).isEqualTo("RECIPIENT_NOT_READY");
        assertThat(agent.keys()).last().hasToString("ctrl+v");
        assertThat(home.resolve("inboxes/agent"))
                .satisfiesAnyOf(
                        folder -> assertThat(folder).doesNotExist(),
                        folder -> assertThat(folder).isEmptyDirectory());
    }

    @Test
    void what_another_process_has_submitted_is_taken_up() throws Exception {
        String id = accept("agent", "one");
        awaitSubmitted(1);

        onExecutor(this::forget); // As if this were the next process
        report(id, Verdict.WHOLE);
        loop.wake();

        awaitState(id, MessageState.DELIVERED);
        assertThat(attempts.of(id)).extracting(Attempt::outcome).containsExactly("DELIVERED");
        assertThat(agent.submitted()).hasSize(1);
    }

    @Test
    void an_end_that_is_known_stays_so_although_the_look_at_the_next_one_fails() throws Exception {
        it_has_spoken_before();
        put("other", """
                "confirmation":{"by":"receipt","timeout":"PT10S"}""");
        String silent = accept("agent", "two");
        awaitSubmitted(2);
        String next = accept("other", "three");
        await().until(() -> other.submitted().size() == 1
                && messages.figures().processing() == 2
                && processor.current().isEmpty());

        nobodyCanReadTheReceiptOf(next, "other");
        clock.advance(Duration.ofSeconds(10));
        loop.wake();
        onExecutor(() -> true);
        theReceiptCanBeRead(next);
        loop.wake();

        awaitState(silent, MessageState.UNCONFIRMED);
        assertThat(message(silent).failure().code()).isEqualTo("RECIPIENT_SILENT");
        awaitState(next, MessageState.DELIVERED);
    }

    @Test
    void what_was_reported_is_looked_at_again_if_the_first_look_fails() throws Exception {
        String id = accept("agent", "one");
        awaitSubmitted(1);

        nobodyCanReadTheReceiptOf(id, "agent");
        loop.wakeForProofOf(id);
        onExecutor(() -> true);
        theReceiptCanBeRead(id);
        loop.wake();

        awaitState(id, MessageState.DELIVERED);
    }

    @Test
    void all_are_looked_at_again_if_the_look_at_one_fails() throws Exception {
        String id = accept("agent", "one");
        awaitSubmitted(1);

        nobodyCanReadTheReceiptOf(id, "agent");
        loop.wakeForAwaited();
        onExecutor(() -> true);
        theReceiptCanBeRead(id);
        loop.wake();

        awaitState(id, MessageState.DELIVERED);
    }

    @Test
    void the_late_proof_of_one_does_not_change_whose_text_stands_in_the_box() {
        String first = accept("agent", "one");
        awaitSubmitted(1);
        desktop.beforeKeys(keys -> {
            if (keys.toString().equals("ctrl+v")) {
                hook("{\"event\":\"blocked\"}");
            }
        });
        String urgent = accept("agent", "two", Priority.URGENT);
        await().until(() -> message(urgent).failure() != null);
        assertThat(agent.input()).startsWith("two");
        assertThat(attempts.textLeftBehind()).containsEntry("agent", urgent);

        report(first, Verdict.WHOLE);

        awaitState(first, MessageState.DELIVERED);
        assertThat(attempts.textLeftBehind()).containsEntry("agent", urgent);
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

    private void nobodyCanReadTheReceiptOf(String id, String recipient) {
        database.sql("insert into receipt (message_id, claims, reporter, source, evidence, verdict, received_at)"
                        + " values (?, 1, ?, 'nonsense', 'RECEIPT', 'WHOLE', current_timestamp)")
                .params(id, recipient)
                .update();
    }

    private void theReceiptCanBeRead(String id) {
        database.sql("update receipt set source = 'codex' where message_id = ?")
                .param(id)
                .update();
    }

    private boolean forget() {
        proofs.forget();
        loop.wake();
        return true;
    }

    /** Its hooks are known to work. */
    private void it_has_spoken_before() {
        recipients.remove("agent");
        put("agent", """
                "confirmation":{"by":"receipt","timeout":"PT10S"}""");
        String first = accept("agent", "one");
        awaitSubmitted(1);
        clock.advance(Duration.ofSeconds(9));
        loop.wake();
        report(first, Verdict.WHOLE);
        awaitState(first, MessageState.DELIVERED);
    }

    private void hook(String body) {
        hooks.hear("agent", body.getBytes(StandardCharsets.UTF_8), clock.instant());
    }

    /** Between two turns of the loop. */
    private <T> T onExecutor(Callable<T> what) throws Exception {
        return deliveryExecutor.submit(what).get();
    }

    /** Until its proof is awaited: before, the executor may still ask what time it is. */
    private void awaitSubmitted(int count) {
        await().until(() -> agent.submitted().size() == count
                && messages.figures().processing() == 1
                && processor.current().isEmpty());
    }

    private void awaitState(String id, MessageState state) {
        await().until(() -> message(id).state() == state);
    }

    private Message message(String id) {
        return messages.find(id).orElseThrow();
    }

    private String accept(String recipient, String content) {
        return accept(recipient, content, Priority.NORMAL);
    }

    private String accept(String recipient, String content, Priority priority) {
        return messages.accept(new NewMessage(recipient, new MessageContent(content), null, priority, null, null, null))
                .id();
    }
}
