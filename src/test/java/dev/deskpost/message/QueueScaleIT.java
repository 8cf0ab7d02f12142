package dev.deskpost.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.HandClock;
import dev.deskpost.fixtures.RealDatabase;
import dev.deskpost.message.DeliveryQueue.Reach;
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
 * lower quartile of each, which other work on the machine hardly moves, and the ratio. {@code -Plong} takes a million finished messages, the short form a hundred thousand.
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
        Map<String, Double> few = measureAll();
        fill(FEW + 1, MANY);
        Map<String, Double> many = measureAll();

        System.out.printf(
                Locale.ROOT, "%n%-34s %12s %12s %6s%n", "lower quartile in ms, finished:", FEW, MANY, "ratio");
        few.forEach((name, before) -> System.out.printf(
                Locale.ROOT, "%-34s %12.3f %12.3f %6.2f%n", name, before, many.get(name), many.get(name) / before));
        assertThat(few)
                .allSatisfy((name, before) -> assertThat(many.get(name) / before)
                        .as("%s: ratio", name)
                        .isLessThanOrEqualTo(MOST));
    }

    private Map<String, Double> measureAll() {
        Map<String, Double> quartiles = new LinkedHashMap<>();
        quartiles.put(
                "claim",
                lowerQuartile(() -> assertThat(queue.claimNext(Reach.ALL)).isPresent()));
        quartiles.put(
                "claim and settle",
                lowerQuartile(() -> assertThat(queue.delivered(
                                queue.claimNext(Reach.ALL).orElseThrow(), Channel.WINDOW, Evidence.PASTE))
                        .isTrue()));
        quartiles.put(
                "accept",
                lowerQuartile(() -> messages.accept(new NewMessage(
                        "agent-1", new MessageContent("hello"), "alice", Priority.NORMAL, null, null, null))));
        quartiles.put(
                "look for due messages",
                lowerQuartile(() -> assertThat(queue.isAnyDue(Reach.ALL)).isTrue()));
        quartiles.put("next due time", lowerQuartile(queue::nextDue));
        quartiles.put("figures", lowerQuartile(messages::figures));
        quartiles.put(
                "oldest FAILED of a day",
                lowerQuartile(() -> assertThat(failed.oldestSince(HandClock.START.minus(Duration.ofDays(1))))
                        .isPresent()));
        quartiles.put("list the newest", list(null, null, null));
        quartiles.put("list DELIVERED", list(MessageState.DELIVERED, null, null));
        quartiles.put("list FAILED", list(MessageState.FAILED, null, null));
        quartiles.put("list PENDING", list(MessageState.PENDING, null, null));
        quartiles.put("list one recipient's", list(null, "agent-7", null));
        quartiles.put("list one recipient's FAILED", list(MessageState.FAILED, "agent-1", null));
        quartiles.put("list one sender's", list(null, null, "alice"));
        quartiles.put("look for expired messages", lowerQuartile(queue::expire));
        return quartiles;
    }

    private double list(MessageState state, String recipient, String sender) {
        MessageFilter filter = new MessageFilter(state, recipient, sender);
        return lowerQuartile(
                () -> assertThat(messages.list(filter, null, PAGE).messages()).hasSize(PAGE));
    }

    /** Without the commit: that is the disk's, and the same for all. */
    private double lowerQuartile(Runnable work) {
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        List<Long> took = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            transaction.executeWithoutResult(status -> {
                long start = System.nanoTime();
                work.run();
                took.add(System.nanoTime() - start);
                status.setRollbackOnly();
            });
        }
        return took.stream().sorted().skip(ROUNDS / 4).findFirst().orElseThrow() / 1e6;
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
