package dev.deskpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deskpost.DeskpostApplication;
import dev.deskpost.desktop.InMemoryDesktop;
import dev.deskpost.desktop.InMemoryDesktop.ChatWindow;
import dev.deskpost.fixtures.Postgres;
import dev.deskpost.message.MessageContent;
import dev.deskpost.message.Messages;
import dev.deskpost.message.NewMessage;
import dev.deskpost.message.Priority;
import dev.deskpost.recipient.RecipientSettings;
import dev.deskpost.recipient.RecipientSettings.WindowRule;
import dev.deskpost.recipient.Recipients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two processes are one station in turns, over one PostgreSQL: what the other left in an input box, or took from it. */
class LeftTextsTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path home;

    /** Without an annotation: nobody else is to find it. */
    static class Desk {

        @Bean
        @Primary
        InMemoryDesktop inMemoryDesktop() {
            return new InMemoryDesktop();
        }
    }

    private ConfigurableApplicationContext station;
    private JdbcClient database;
    private ChatWindow agent;

    @BeforeEach
    void start() {
        Postgres.assumeAvailable();
        station = new SpringApplicationBuilder(DeskpostApplication.class, Desk.class)
                .run(Stream.concat(
                                Stream.of("--deskpost.home=" + home, "--server.port=0", "--deskpost.station-lease=3s"),
                                Stream.of(Postgres.emptyDatabase().arguments()))
                        .toArray(String[]::new));
        database = station.getBean(JdbcClient.class);
        agent = station.getBean(InMemoryDesktop.class).open("agent-1");
        station.getBean(Recipients.class)
                .put("agent-1", new RecipientSettings(null, true, new WindowRule("^agent-1$", null, null), null));
    }

    @AfterEach
    void stop() {
        if (station != null) {
            station.close();
        }
    }

    @Test
    void a_text_that_another_process_of_the_station_left_is_not_merged_with_the_next() {
        delivers("the first");

        whileAnotherIsTheStation(() -> {
            agent.leaveText("left by the other");
            left("agent-1");
        });

        delivers("the second");
        assertThat(agent.submitted()).containsExactly("the first", "the second");
        assertThat(agent.input()).as("nobody's draft").isEmpty();
    }

    @Test
    void a_text_that_another_process_has_taken_back_is_no_reason_to_throw_a_draft_away() {
        whileAnotherIsTheStation(() -> left("agent-1"));
        await().atMost(SOON).until(() -> station.getBean(LeftTexts.class).isLeftFor("agent-1"));

        whileAnotherIsTheStation(() -> {
            database.sql("delete from text_left").update();
            agent.leaveText("a person's draft");
        });

        delivers("hello");
        assertThat(agent.submitted()).containsExactly("hello");
        assertThat(agent.input()).isEqualTo("a person's draft");
    }

    private void left(String recipient) {
        database.sql("insert into text_left (recipient, message_id) values (?, 'msg_of_another')")
                .param(recipient)
                .update();
    }

    private void delivers(String content) {
        station.getBean(Messages.class)
                .accept(new NewMessage(
                        "agent-1", new MessageContent(content), null, Priority.NORMAL, null, null, null));
        await().atMost(SOON).until(() -> agent.submitted().contains(content));
        await().atMost(SOON)
                .until(() -> station.getBean(Messages.class).figures().processing() == 0);
    }

    /** As the other would, with its own statements; then it dies. */
    private void whileAnotherIsTheStation(Runnable happens) {
        Processor processor = station.getBean(Processor.class);
        await().atMost(SOON).until(() -> processor.state() == Processor.State.RUNNING);
        database.sql("update station set holder = 'another', epoch = epoch + 1,"
                        + " expires_at = current_timestamp + interval '1 hour'")
                .update();
        await().atMost(SOON).until(() -> processor.state() == Processor.State.STANDBY);
        happens.run();
        database.sql("update station set expires_at = current_timestamp").update();
        await().atMost(SOON).until(() -> processor.state() == Processor.State.RUNNING);
    }
}
