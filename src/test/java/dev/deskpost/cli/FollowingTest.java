package dev.deskpost.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FollowingTest {

    private final List<Event> events = new ArrayList<>();
    private final ByteArrayOutputStream remarks = new ByteArrayOutputStream();
    private EventServer server;

    @BeforeEach
    void start() throws IOException {
        server = new EventServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void goes_on_behind_the_last_event_when_the_stream_has_ended() {
        server.then("id: e-1\ndata: one\n\nid: e-2\ndata: half")
                .then("data: two\n\n")
                .then("id: e-3\ndata: three\n\n");

        follow();

        assertThat(events).extracting(Event::data).containsExactly("one", "two", "three");
        assertThat(server.asked)
                .extracting(EventServer.Asked::lastEventId)
                .containsExactly(Optional.empty(), Optional.of("e-1"), Optional.of("e-1"), Optional.of("e-3"));
        assertThat(server.asked)
                .extracting(EventServer.Asked::authorization)
                .containsOnly(Optional.of("Bearer secret-1"));
    }

    @Test
    void a_connection_on_which_nothing_comes_is_given_up() {
        server.thenSilence("id: e-1\ndata: one\n\n").then("data: two\n\n");

        follow(server.url(), Duration.ofMillis(500));

        assertThat(events).extracting(Event::data).containsExactly("one", "two");
        assertThat(remarks.toString(UTF_8)).contains("gives no answer; trying again", "connected again");
    }

    @Test
    void a_service_that_is_busy_is_asked_again() {
        server.then("data: one\n\n").thenStatus(503, "{}").thenStatus(429, "{}").then("data: two\n\n");

        follow();

        assertThat(events).extracting(Event::data).containsExactly("one", "two");
    }

    @Test
    void a_service_that_says_no_is_not_asked_again() {
        server.then("data: one\n\n")
                .thenStatus(404, "{\"title\":\"Not Found\",\"detail\":\"no events\",\"code\":\"NO_SUCH_ROUTE\"}");

        assertThatThrownBy(this::follow)
                .hasMessage("404 Not Found [NO_SUCH_ROUTE]: no events")
                .extracting(e -> ((GivenUp) e).exitCode())
                .isEqualTo(ExitCodes.REFUSED);
        assertThat(server.asked).hasSize(2);
    }

    @Test
    void a_wrong_token_is_said_to_be_wrong_and_not_printed() {
        server.thenStatus(401, "{\"title\":\"Unauthorized\"}");

        assertThatThrownBy(this::follow)
                .hasMessageStartingWith("the token from --token is not the one")
                .hasMessageNotContaining("secret-1")
                .extracting(e -> ((GivenUp) e).exitCode())
                .isEqualTo(ExitCodes.NO_ACCESS);
    }

    @Test
    void who_cannot_be_reached_at_first_is_not_waited_for() {
        String url = server.url();
        server.close();

        assertThatThrownBy(() -> follow(url))
                .extracting(e -> ((GivenUp) e).exitCode())
                .isEqualTo(ExitCodes.UNREACHABLE);
    }

    @Test
    void what_is_no_stream_of_events_is_refused() {
        server.thenStatus(200, "{}");

        assertThatThrownBy(this::follow).hasMessageContaining("application/problem+json");
    }

    private void follow() {
        follow(server.url());
    }

    private void follow(String url) {
        follow(url, Duration.ofSeconds(20));
    }

    private void follow(String url, Duration silence) {
        PrintStream print = new PrintStream(remarks, true, UTF_8);
        Service service = new Service(URI.create(url), new Token("secret-1", "--token"), Duration.ofMinutes(5));
        new Following(service, "/api/v1/events", new Terminal(print, print, 80, false), silence).run(events::add);
    }
}
