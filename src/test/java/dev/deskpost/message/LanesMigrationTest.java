package dev.deskpost.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.Postgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A queue that was filled before there were lanes gets them, with everything where it was. */
class LanesMigrationTest {

    @Test
    void a_queue_in_a_file_gets_its_lanes(@TempDir Path directory) {
        migrate(new DriverManagerDataSource("jdbc:h2:file:" + directory.resolve("queue")));
    }

    @Test
    void a_queue_in_postgres_gets_its_lanes() {
        Postgres.assumeAvailable();
        migrate(postgres(Postgres.emptyDatabase().properties()));
    }

    private static DataSource postgres(Map<String, ?> properties) {
        return new DriverManagerDataSource(
                properties.get("spring.datasource.url").toString(),
                properties.get("spring.datasource.username").toString(),
                properties.get("spring.datasource.password").toString());
    }

    private static void migrate(DataSource database) {
        Flyway.configure().dataSource(database).target("3").load().migrate();
        JdbcClient client = JdbcClient.create(database);
        client.sql("insert into recipient (id, enabled, settings, version) values ('a', true, '{}', 0)")
                .update();
        message(client, 1, "a", "DELIVERED", 1, null);
        message(client, 2, "a", "PENDING", 1, "2026-11-21 10:00:05+00"); // waits for another try
        message(client, 3, "a", "PENDING", 0, "2026-11-21 09:00:00+00");
        message(client, 4, "a", "PENDING", 0, "2026-12-01 09:00:00+00"); // deferred
        message(client, 5, "a", "FAILED", 3, null);
        message(client, 6, "gone", "PROCESSING", 1, null);
        message(client, 7, "gone", "PENDING", 0, "2026-11-21 09:00:00+00");
        message(client, 8, "gone", "UNCONFIRMED", 1, null);

        Flyway.configure().dataSource(database).load().migrate();

        assertThat(lanes(client))
                .containsExactly(
                        "a 3 1 0 2 false 2", // pending, failed, unconfirmed, head, taken, how many stand in it
                        "gone 1 0 1 6 true 2");
        assertThat(client.sql("select count(*) from lane").query(Long.class).single())
                .as("three for each of both, also of the one that was removed")
                .isEqualTo(6);
        assertThat(client.sql("select seq from message where deferred_until is not null")
                        .query(Long.class)
                        .list())
                .containsExactly(4L);
    }

    private static List<String> lanes(JdbcClient client) {
        return client.sql("""
                        select l.recipient || ' ' || l.pending || ' ' || l.failed || ' ' || l.unconfirmed || ' ' || l.head
                            || ' ' || case when l.taken then 'true' else 'false' end || ' ' || (
                                select count(*) from message m
                                where m.recipient = l.recipient and m.priority = l.priority and m.lane_seq > 0)
                        from lane l where l.priority = 'NORMAL' order by l.recipient
                        """).query(String.class).list();
    }

    private static void message(
            JdbcClient client, int seq, String recipient, String state, int claims, String nextAttemptAt) {
        String next = nextAttemptAt == null ? "null" : "timestamp with time zone '" + nextAttemptAt + "'";
        client.sql("insert into message (seq, id, recipient, priority, content, state, attempts, max_attempts, claims,"
                        + " accepted_at, claim_rank, next_attempt_at) values (:seq, 'msg_' || :seq, :recipient, 'NORMAL',"
                        + " 'hello', :state, :claims, 3, :claims, timestamp with time zone '2026-11-21 09:00:00+00', :seq, "
                        + next + ")")
                .param("seq", seq)
                .param("recipient", recipient)
                .param("state", state)
                .param("claims", claims)
                .update();
    }
}
