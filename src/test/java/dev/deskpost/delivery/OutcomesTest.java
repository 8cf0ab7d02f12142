package dev.deskpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deskpost.delivery.DeliveryOutcome.Delivered;
import dev.deskpost.delivery.DeliveryOutcome.Unconfirmed;
import dev.deskpost.desktop.InMemoryDesktop;
import dev.deskpost.desktop.InMemoryDesktop.ChatWindow;
import dev.deskpost.fixtures.OnBothDatabases;
import dev.deskpost.message.DeliveryQueue.Reach;
import dev.deskpost.message.Evidence;
import dev.deskpost.message.Message;
import dev.deskpost.message.MessageContent;
import dev.deskpost.message.MessageState;
import dev.deskpost.message.Messages;
import dev.deskpost.message.NewMessage;
import dev.deskpost.message.Priority;
import dev.deskpost.recipient.RecipientSettings;
import dev.deskpost.recipient.RecipientSettings.WindowRule;
import dev.deskpost.recipient.Recipients;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The database does not let the end of an attempt be written down: somebody else holds the lane. */
@OnBothDatabases
@SpringBootTest(
        properties = {
            "deskpost.home=target/test-homes/${random.uuid}",
            "deskpost.delivery.poll-interval=1h",
            "deskpost.delivery.retry-jitter=0",
            // The same words for both databases, in milliseconds.
            "spring.datasource.hikari.connection-init-sql=set lock_timeout = 300"
        })
@Import(DeliveryDoubles.class)
@ExtendWith(OutputCaptureExtension.class)
class OutcomesTest {

    private static final String FAILED_TURN = "Unhandled error in the delivery loop";

    @Autowired
    private InMemoryDesktop desktop;

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
    private Outcomes outcomes;

    @Autowired
    private ThreadPoolTaskScheduler deliveryExecutor;

    @Autowired
    private DataSource database;

    @Autowired
    private ConfigurableApplicationContext context;

    @Autowired
    private PlatformTransactionManager transactions;

    private Connection holder;
    private ChatWindow one;
    private ChatWindow two;

    @BeforeEach
    void openWindows() throws Exception {
        holder = database.getConnection();
        holder.setAutoCommit(false);
        one = desktop.open("one");
        two = desktop.open("two");
        recipients.put("one", new RecipientSettings(null, true, new WindowRule("^one$", null, null), null));
        recipients.put("two", new RecipientSettings(null, true, new WindowRule("^two$", null, null), null));
        awaitIdleLoop();
    }

    @AfterEach
    void closeWindows() throws Exception {
        letGo();
        holder.close();
        desktop.afterKeys(keys -> {});
        loop.wake();
        awaitIdleLoop();
        desktop.close(one);
        desktop.close(two);
    }

    private void holdLane() {
        try (Statement statement = holder.createStatement()) {
            statement.executeQuery("select head from lane where recipient = 'one' and priority = 'NORMAL' for update");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void letGo() throws SQLException {
        holder.rollback();
    }

    private void holdLaneWithTheSubmitKeys() {
        AtomicBoolean first = new AtomicBoolean(true);
        desktop.afterKeys(keys -> {
            if (keys.toString().equals("enter") && first.getAndSet(false)) {
                holdLane();
            }
        });
    }

    private void awaitIdleLoop() throws Exception {
        deliveryExecutor.submit(() -> {}).get();
    }

    private String accept(String recipient, String content) {
        return messages.accept(
                        new NewMessage(recipient, new MessageContent(content), null, Priority.NORMAL, null, null, null))
                .id();
    }

    private Message message(String id) {
        return messages.find(id).orElseThrow();
    }

    private static void settle(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(condition);
    }

    @Test
    void a_known_end_is_kept_until_it_can_be_written_down_and_nothing_else_is_begun(CapturedOutput output)
            throws Exception {
        holdLaneWithTheSubmitKeys();
        String id = accept("one", "hello");
        settle(() -> output.getAll().contains(FAILED_TURN));
        String other = accept("two", "later");
        awaitIdleLoop();
        loop.wake();
        awaitIdleLoop();
        assertThat(message(id).state()).isEqualTo(MessageState.PROCESSING);
        assertThat(attempts.of(other)).isEmpty();

        letGo();
        loop.wake();

        settle(() -> message(other).state() == MessageState.DELIVERED);
        assertThat(message(id).state()).isEqualTo(MessageState.DELIVERED);
        assertThat(message(id).evidence()).isEqualTo(Evidence.PASTE);
        assertThat(attempts.of(id)).extracting(Attempt::outcome).containsExactly("DELIVERED");
        assertThat(attempts.stepsOf(id))
                .extracting(AttemptStep::step)
                .endsWith(Step.SUBMITTING, Step.SUBMITTED, Step.CONFIRMED)
                .doesNotHaveDuplicates();
        assertThat(one.submitted()).containsExactly("hello");
        assertThat(two.submitted()).containsExactly("later");
    }

    @Test
    void who_comes_late_with_a_known_end_changes_nothing(CapturedOutput output) throws Exception {
        holdLaneWithTheSubmitKeys();
        String id = accept("one", "hello");
        settle(() -> output.getAll().contains(FAILED_TURN));

        try (Statement statement = holder.createStatement()) {
            statement.executeUpdate(
                    "update message set state = 'UNCONFIRMED', lane_seq = null where id = '" + id + "'");
            statement.executeUpdate(
                    "update lane set taken = false, head = null, head_rank = null where recipient = 'one'");
        }
        holder.commit();
        loop.wake();

        String next = accept("one", "next");
        settle(() -> message(next).state() == MessageState.DELIVERED);
        assertThat(message(id).state()).isEqualTo(MessageState.UNCONFIRMED);
    }

    @Test
    void the_service_stops_and_tries_a_few_times_more() throws Exception {
        String id = deliveryExecutor
                .submit(() -> {
                    accept("one", "hello");
                    AttemptLog attempt = journal.claimNext(Reach.ALL).orElseThrow();
                    outcomes.add(attempt, new Delivered(Evidence.PASTE));
                    holdLane();
                    outcomes.end();
                    letGo();
                    assertThat(message(attempt.claim().messageId()).state()).isEqualTo(MessageState.PROCESSING);
                    outcomes.end();
                    return attempt.claim().messageId();
                })
                .get();

        assertThat(message(id).state()).isEqualTo(MessageState.DELIVERED);
    }

    @Test
    void steps_are_written_once_whether_their_transaction_said_so_or_failed() throws Exception {
        AttemptLog attempt = deliveryExecutor
                .submit(() -> {
                    accept("one", "hello");
                    AttemptLog begun = journal.claimNext(Reach.ALL).orElseThrow();
                    begun.note(Step.LOCKED);
                    new TransactionTemplate(transactions).executeWithoutResult(status -> {
                        journal.keep(begun);
                        status.setRollbackOnly();
                    });
                    begun.note(Step.FOUND);
                    journal.keep(begun);
                    begun.keeping(); // Nobody heard that it was committed.
                    begun.note(Step.FOCUSED);
                    journal.settle(begun, new Delivered(Evidence.PASTE), null);
                    return begun;
                })
                .get();

        assertThat(attempts.stepsOf(attempt.claim().messageId()))
                .extracting(AttemptStep::step)
                .containsExactly(Step.CLAIMED, Step.LOCKED, Step.FOUND, Step.FOCUSED);
    }

    @Test
    void an_end_that_was_written_without_anybody_hearing_so_is_told(CapturedOutput output) throws Exception {
        List<AttemptFinished> told = told();
        AttemptLog attempt = writtenUnheard(new Delivered(Evidence.PASTE), new Delivered(Evidence.PASTE));

        assertThat(told)
                .filteredOn(finished -> finished.claim().equals(attempt.claim()))
                .singleElement()
                .satisfies(finished -> assertThat(finished.outcome()).isEqualTo(new Delivered(Evidence.PASTE)));
        assertThat(output.getAll()).doesNotContain(attempt.claim().messageId() + " ended as");
    }

    @Test
    void what_another_has_written_is_not_told_as_ours() throws Exception {
        List<AttemptFinished> told = told();
        AttemptLog attempt = writtenUnheard(new Unconfirmed("by another", null), new Delivered(Evidence.PASTE));

        assertThat(told).extracting(AttemptFinished::claim).doesNotContain(attempt.claim());
    }

    private List<AttemptFinished> told() {
        List<AttemptFinished> told = new CopyOnWriteArrayList<>();
        context.addApplicationListener(
                ApplicationListener.forPayload((AttemptFinished finished) -> told.add(finished)));
        return told;
    }

    /** The commit was made, and then the connection broke. */
    private AttemptLog writtenUnheard(DeliveryOutcome written, DeliveryOutcome ours) throws Exception {
        return deliveryExecutor
                .submit(() -> {
                    accept("one", "hello");
                    AttemptLog begun = journal.claimNext(Reach.ALL).orElseThrow();
                    journal.settle(begun, written, null);
                    begun.keeping();
                    outcomes.add(begun, ours);
                    outcomes.writeDown();
                    return begun;
                })
                .get();
    }
}
