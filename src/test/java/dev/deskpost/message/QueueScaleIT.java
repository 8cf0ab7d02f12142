package dev.deskpost.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.HandClock;
import dev.deskpost.fixtures.RealDatabase;
import dev.deskpost.message.DeliveryQueue.Reach;
import dev.deskpost.recipient.Recipients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What is done all the time costs the same beside few and beside many finished messages, with 100,000 that wait. Prints the
 * lower quartile of each, and the ratio, in which other work on the machine does not count. {@code -Plong} takes a million finished messages, the short form a hundred thousand.
 */
@RealDatabase
class QueueScaleIT {

    private static final int FEW = 1_000;
    private static final int MANY = Boolean.getBoolean("deskpost.test.long") ? 1_000_000 : 100_000;
    private static final int PENDING = 100_000;
    private static final int RECIPIENTS = 100;
    private static final int ROUNDS = 301;
    private static final int PAGE = 10;
    private static final double MOST = 1.5;

    @Autowired
    Messages messages;

    @Autowired
    DeliveryQueue queue;

    @Autowired
    Recipients recipients;

    @Autowired
    RetryMany retryMany;

    @Autowired
    FailedMessages failed;

    @Autowired
    HandClock clock;

    @Autowired
    JdbcClient database;

    @Autowired
    JdbcConnectionDetails connection;

    @Autowired
    PlatformTransactionManager transactions;

    @BeforeEach
    void empty() {
        clock.reset();
        for (String table : List.of("message", "lane", "recipient")) {
            database.sql("delete from " + table).update();
        }
    }

    @Test
    void claiming_listing_and_figures_cost_the_same_beside_a_million_finished_messages() {
        fill(1, FEW);
        measureAll(); // Code that has just been loaded would make the first column slow, and the ratio too good.
        Map<String, Cost> few = measureAll();
        fill(FEW + 1, MANY);
        Map<String, Cost> many = measureAll();

        System.out.printf(
                Locale.ROOT, "%n%-34s %12s %12s %6s%n", "lower quartile in ms, finished:", FEW, MANY, "ratio");
        few.forEach((name, before) -> System.out.printf(
                Locale.ROOT,
                "%-34s %12.3f %12.3f %6.2f%n",
                name,
                before.millis(),
                many.get(name).millis(),
                many.get(name).against(before)));
        assertThat(few)
                .allSatisfy((name, before) -> assertThat(many.get(name).against(before))
                        .as("%s: ratio", name)
                        .isLessThanOrEqualTo(MOST));
    }

    private Map<String, Cost> measureAll() {
        Map<String, Cost> costs = new LinkedHashMap<>();
        costs.put("claim", cost(() -> assertThat(queue.claimNext(Reach.ALL)).isPresent()));
        costs.put(
                "claim and settle",
                cost(() -> assertThat(queue.delivered(
                                queue.claimNext(Reach.ALL).orElseThrow(), Channel.WINDOW, Evidence.PASTE))
                        .isTrue()));
        costs.put(
                "accept",
                cost(() -> messages.accept(new NewMessage(
                        "agent-1", new MessageContent("hello"), "alice", Priority.NORMAL, null, null, null))));
        costs.put(
                "look for due messages",
                cost(() -> assertThat(queue.isAnyDue(Reach.ALL)).isTrue()));
        costs.put("next due time", cost(queue::nextDue));
        costs.put("figures", cost(messages::figures));
        costs.put(
                "oldest FAILED of a day",
                cost(() -> assertThat(failed.oldestSince(HandClock.START.minus(Duration.ofDays(1))))
                        .isPresent()));
        costs.put("list the newest", list(null, null, null));
        costs.put("list DELIVERED", list(MessageState.DELIVERED, null, null));
        costs.put("list FAILED", list(MessageState.FAILED, null, null));
        costs.put("list PENDING", list(MessageState.PENDING, null, null));
        costs.put("list one recipient's", list(null, "agent-7", null));
        costs.put("list one recipient's FAILED", list(MessageState.FAILED, "agent-1", null));
        costs.put("list one sender's", list(null, null, "alice"));
        costs.put("list one sender's FAILED", list(MessageState.FAILED, null, "alice"));
        costs.put("list one sender's for a recipient", list(null, "agent-1", "bob"));
        costs.put("list a sender's that never were", none(MessageState.UNCONFIRMED, null, "alice"));
        costs.put("list a sender's for nobody", none(null, "agent-1", "nobody"));
        costs.put("first FAILED to try again", firstToTryAgain(null, null));
        costs.put("first FAILED of a recipient", firstToTryAgain("agent-1", null));
        costs.put("first FAILED of a sender", firstToTryAgain(null, "alice"));
        costs.put("look for expired messages", cost(queue::expire));
        return costs;
    }

    private Cost list(MessageState state, String recipient, String sender) {
        MessageFilter filter = new MessageFilter(state, recipient, sender);
        return cost(
                () -> assertThat(messages.list(filter, null, PAGE).messages()).hasSize(PAGE));
    }

    private Cost none(MessageState state, String recipient, String sender) {
        MessageFilter filter = new MessageFilter(state, recipient, sender);
        return cost(
                () -> assertThat(messages.list(filter, null, PAGE).messages()).isEmpty());
    }

    private Cost firstToTryAgain(String recipient, String sender) {
        RetryMany.Filter filter = new RetryMany.Filter(MessageState.FAILED, recipient, sender, null, null, null);
        return cost(
                () -> assertThat(retryMany.run(filter, PAGE / 2, true).more()).isTrue());
    }

    /**
     * What something costs.
     *
     * @param millis its lower quartile
     * @param yardstick that of the same question, which has nothing to do with messages, asked in between: what else the
     *     machine has to do meanwhile makes both slower
     */
    private record Cost(double millis, double yardstick) {

        double against(Cost before) {
            return millis / yardstick / (before.millis / before.yardstick);
        }
    }

    /** Without the commit: that is the disk's, and the same for all. */
    private Cost cost(Runnable work) {
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        List<Long> took = new ArrayList<>();
        List<Long> yardstick = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            transaction.executeWithoutResult(status -> {
                yardstick.add(nanos(() -> assertThat(recipients.find("agent-1")).isPresent()));
                took.add(nanos(work));
                status.setRollbackOnly();
            });
        }
        return new Cost(lowerQuartile(took), lowerQuartile(yardstick));
    }

    private static long nanos(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return System.nanoTime() - start;
    }

    private static double lowerQuartile(List<Long> nanos) {
        return nanos.stream().sorted().skip(nanos.size() / 4).findFirst().orElseThrow() / 1e6;
    }

    /** Finished messages, one of ten of them failed; and at the first time recipients, lanes and what waits. */
    private void fill(int from, int to) {
        if (from == 1) {
            database.sql("insert into recipient (id, enabled, settings, version, station) select 'agent-' || n, true,"
                            + " '{\"window\":{\"title\":\"x\"}}', 0, 'main' from " + numbers(1, RECIPIENTS))
                    .update();
            messages(-PENDING, -1, "'PENDING'");
        }
        messages(from, to, "case when mod(n, 10) = 0 then 'FAILED' else 'DELIVERED' end");
        database.sql("delete from lane").update();
        database.sql(
                        "insert into lane (recipient, priority, pending, failed, unconfirmed, taken, head, head_rank, head_since,"
                                + " due_at) select recipient, 'NORMAL', count(*), 0, 0, false, min(seq), min(claim_rank),"
                                + " min(accepted_at), min(accepted_at) from message where state = 'PENDING' group by recipient")
                .update();
        database.sql(isPostgres() ? "analyze" : "analyze sample_size 10000").update();
    }

    private void messages(int from, int to, String state) {
        String waits = "case when n < 0 then ";
        database.sql(
                        "insert into message (seq, id, recipient, sender, priority, content, state, attempts, max_attempts,"
                                + " claims, accepted_at, claim_rank, next_attempt_at, lane_seq, finished_at, channel, evidence,"
                                + " next_trigger, replays)"
                                + " select n + 1000000, 'msg_' || n, 'agent-' || (mod(abs(n), " + RECIPIENTS + ") + 1),"
                                + " case when mod(n, 3) = 0 then 'alice' else 'bob' end, 'NORMAL', 'hello', " + state
                                + ", 0, 3, 0,"
                                + " timestamp with time zone '2026-01-01 00:00:00+00', 1000000 + n, "
                                + waits + "timestamp with time zone '2026-01-01 00:00:00+00' end, "
                                + waits + "n + 1000000 end, "
                                + "case when n > 0 then timestamp with time zone '2026-11-21 00:00:00+00' end,"
                                + " case when n > 0 then 'WINDOW' end, case when n > 0 then 'PASTE' end, 'FIRST', 0 from "
                                + numbers(from, to))
                .update();
        database.sql("alter sequence message_seq restart with " + (Math.max(to, 0) + 2_000_000))
                .update();
    }

    private String numbers(int from, int to) {
        return isPostgres()
                ? "generate_series(%d, %d) as numbers(n)".formatted(from, to)
                : "(select x as n from system_range(%d, %d)) numbers".formatted(from, to);
    }

    private boolean isPostgres() {
        return DatabaseDriver.fromJdbcUrl(connection.getJdbcUrl()) == DatabaseDriver.POSTGRESQL;
    }
}
