package dev.deskpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deskpost.DeskpostApplication;
import dev.deskpost.desktop.InMemoryDesktop;
import dev.deskpost.desktop.InMemoryDesktop.ChatWindow;
import dev.deskpost.event.Event;
import dev.deskpost.event.EventLog;
import dev.deskpost.event.EventPosition;
import dev.deskpost.fixtures.Postgres;
import dev.deskpost.message.MessageContent;
import dev.deskpost.message.Messages;
import dev.deskpost.message.NewMessage;
import dev.deskpost.message.Priority;
import dev.deskpost.recipient.RecipientSettings;
import dev.deskpost.recipient.RecipientSettings.WindowRule;
import dev.deskpost.recipient.Recipients;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two Deskposts on one PostgreSQL that look for messages once an hour: what one accepts, the other delivers at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WakeOthersTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private static Path homes;

    /** Without an annotation: nobody else is to find it. */
    static class Desk {

        @Bean
        @Primary
        InMemoryDesktop inMemoryDesktop() {
            return new InMemoryDesktop();
        }
    }

    private Postgres.Database database;
    private ConfigurableApplicationContext station;
    private ConfigurableApplicationContext other;
    private ChatWindow agent;

    @BeforeAll
    void start_both() {
        Postgres.assumeAvailable();
        database = Postgres.emptyDatabase();
        station = start("one");
        await().atMost(SOON).until(() -> station.getBean(Processor.class).state() == Processor.State.RUNNING);
        other = start("two");
        await().atMost(SOON).until(() -> other.getBean(Processor.class).state() == Processor.State.STANDBY);
        agent = station.getBean(InMemoryDesktop.class).open("agent-1");
        other.getBean(Recipients.class)
                .put("agent-1", new RecipientSettings(null, true, new WindowRule("^agent-1$", null, null), null));
    }

    @AfterAll
    void stop_both() {
        Stream.of(other, station).filter(each -> each != null).forEach(ConfigurableApplicationContext::close);
    }

    private ConfigurableApplicationContext start(String name) {
        return new SpringApplicationBuilder(DeskpostApplication.class, Desk.class)
                .run(Stream.concat(
                                Stream.of(
                                        "--deskpost.home=" + homes.resolve(name),
                                        "--server.port=0",
                                        "--deskpost.station-lease=10m",
                                        "--deskpost.delivery.poll-interval=1h"),
                                Stream.of(database.arguments()))
                        .toArray(String[]::new));
    }

    @Test
    void what_one_accepts_the_other_delivers_without_a_poll() {
        assertThat(other.getBean(Processor.class).waitsFor()).contains("another Deskpost holds the station 'main'");

        sendFromOther("hello");

        await().atMost(SOON).until(() -> agent.submitted().contains("hello"));
    }

    @Test
    void it_is_heard_again_after_the_connection_was_killed() throws Exception {
        await().atMost(SOON).until(() -> listeners().size() == 2);
        List<Integer> before = listeners();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where application_name = 'deskpost-listener' and datname = current_database()");
        }
        await().atMost(SOON).until(() -> {
            List<Integer> now = listeners();
            return now.size() == 2 && now.stream().noneMatch(before::contains);
        });

        sendFromOther("are you there?");

        await().atMost(SOON).until(() -> agent.submitted().contains("are you there?"));
    }

    @Test
    void what_becomes_of_a_message_is_told_at_the_one_that_did_not_deliver_it() throws Exception {
        EventLog log = other.getBean(EventLog.class);
        EventPosition before = log.end();
        String id = sendFromOther("tell me");
        await().atMost(SOON).until(() -> agent.submitted().contains("tell me"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(log.after(before, Duration.ZERO).entries().stream()
                                .filter(entry -> entry.event().type() == Event.Type.MESSAGE)
                                // Of another test's message something may still be told
                                .filter(entry -> id.equals(entry.event().data().get("id")))
                                .map(entry ->
                                        String.valueOf(entry.event().data().get("state"))))
                        .containsExactly("PENDING", "PROCESSING", "DELIVERED"));
    }

    @Test
    void a_pause_at_one_pauses_the_other() {
        other.getBean(PauseSwitch.class).pause("somebody asked for it");
        await().atMost(SOON).until(() -> station.getBean(PauseSwitch.class).isPaused());

        sendFromOther("later");
        other.getBean(PauseSwitch.class).resume();

        await().atMost(SOON).until(() -> agent.submitted().contains("later"));
    }

    private List<Integer> listeners() throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select pid from pg_stat_activity where"
                        + " application_name = 'deskpost-listener' and datname = current_database()"
                        // What a connection asked last: to listen, or after a while without a call whether it is alive
                        + " and (query ilike 'listen%' or query = 'select 1')")) {
            Stream.Builder<Integer> pids = Stream.builder();
            while (rows.next()) {
                pids.add(rows.getInt(1));
            }
            return pids.build().toList();
        }
    }

    @Test
    void what_a_person_tries_again_at_one_the_other_delivers_without_a_poll() {
        station.getBean(PauseSwitch.class).pause("it is to fail");
        String id = sendFromOther("once more");
        sql("""
                update message set state = 'FAILED', lane_seq = null, next_attempt_at = null, finished_at = accepted_at,
                failure_code = 'WINDOW_NOT_FOUND' where id = ?""", id);
        sql(
                "update lane set head = null, head_rank = null, head_since = null, due_at = null, pending = 0,"
                        + " failed = 1 where recipient = ? and priority = 'NORMAL'",
                "agent-1");
        station.getBean(PauseSwitch.class).resume();

        other.getBean(Messages.class).retry(id);

        await().atMost(SOON).until(() -> agent.submitted().contains("once more"));
    }

    private void sql(String statement, String parameter) {
        other.getBean(JdbcClient.class).sql(statement).param(parameter).update();
    }

    private String sendFromOther(String content) {
        return other.getBean(Messages.class)
                .accept(new NewMessage("agent-1", new MessageContent(content), null, Priority.NORMAL, null, null, null))
                .id();
    }
}
