package dev.deskpost.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.deskpost.desktop.InMemoryDesktop;
import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.EventReader;
import dev.deskpost.fixtures.EventReader.Received;
import dev.deskpost.fixtures.RunningService;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.TestPropertySource;

/** A bot wants to know what becomes of its messages without asking again and again. */
@RunningService
@TestPropertySource(properties = {"deskpost.events.max-streams=4", "deskpost.events.heartbeat=200ms"})
class EventsStoryTest {

    @TestConfiguration
    static class Doubles {

        @Bean
        @Primary
        InMemoryDesktop inMemoryDesktop() {
            return new InMemoryDesktop();
        }
    }

    @Autowired
    Api api;

    @Autowired
    InMemoryDesktop desktop;

    private EventReader follow(String query, @Nullable String lastEventId) {
        return EventReader.open(
                URI.create("http://127.0.0.1:" + api.port() + "/api/v1/events" + query), api.token(), lastEventId);
    }

    private static boolean isEnd(Received event, String id) {
        return "message".equals(event.name())
                && event.text("id").equals(id)
                && event.text("state").equals("DELIVERED");
    }

    @Test
    void the_way_of_a_message_is_told_in_its_order() {
        desktop.open("agent-1");
        api.addRecipient("agent-1");
        try (EventReader reader = follow("", null)) {
            String id = api.send("agent-1", "hello");
            Received delivered = reader.await(event -> isEnd(event, id));

            List<Received> own = reader.events().stream()
                    .filter(event -> event.text("id").equals(id))
                    .toList();
            assertThat(own.stream()
                            .filter(event -> "message".equals(event.name()))
                            .map(event -> event.text("state")))
                    .containsExactly("PENDING", "PROCESSING", "DELIVERED");
            assertThat(own.stream().filter(event -> "step".equals(event.name())).map(event -> event.text("step")))
                    .contains("CLAIMED", "FOUND", "FOCUSED", "PASTED", "SUBMITTING", "SUBMITTED");
            assertThat(delivered.text("recipient")).isEqualTo("agent-1");
            assertThat(delivered.text("evidence")).isEqualTo("PASTE");
            assertThat(delivered.text("channel")).isEqualTo("WINDOW");
            assertThat(delivered.text("priority")).isEqualTo("normal");
            assertThat(delivered.text("at")).isNotEmpty();
        }
    }

    @Test
    void who_comes_back_misses_nothing_and_hears_nothing_twice() {
        desktop.open("agent-2");
        api.addRecipient("agent-2");
        String first;
        String last;
        try (EventReader reader = follow("?types=message", null)) {
            first = api.send("agent-2", "one");
            last = reader.await(event -> isEnd(event, first)).id();
        }
        String second = api.send("agent-2", "two");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> api.get("/api/v1/messages/" + second).then().body("state", equalTo("DELIVERED")));
        try (EventReader reader = follow("?types=message", last)) {
            reader.await(event -> isEnd(event, second));
            assertThat(reader.events()).allSatisfy(event -> {
                assertThat(event.name()).isEqualTo("message");
                assertThat(event.text("id")).isEqualTo(second);
            });
            assertThat(reader.events())
                    .extracting(event -> event.text("state"))
                    .containsExactly("PENDING", "PROCESSING", "DELIVERED");
        }
    }

    @Test
    void who_comes_back_after_too_long_is_told_to_read_again() {
        try (EventReader reader = follow("", "00c0ffee-7")) {
            Received reset = reader.await(event -> "reset".equals(event.name()));
            assertThat(reset.text("reason")).contains("missed");
            assertThat(reader.events().get(0)).isEqualTo(reset);
        }
    }

    @Test
    void only_what_is_asked_for_comes() {
        desktop.open("agent-3");
        api.addRecipient("agent-3");
        api.addRecipient("agent-4");
        try (EventReader reader = follow("?types=message,STATION&recipient=agent-3", null)) {
            api.post("/api/v1/queue/pause", "");
            api.send("agent-4", "for somebody else");
            String id = api.send("agent-3", "hello");
            api.post("/api/v1/queue/resume", "");
            reader.await(event -> isEnd(event, id));
            assertThat(reader.events()).extracting(Received::name).containsOnly("message", "station");
            assertThat(reader.events().stream()
                            .filter(event -> "message".equals(event.name()))
                            .map(event -> event.text("recipient")))
                    .containsOnly("agent-3");
            assertThat(reader.events().stream()
                            .filter(event -> "station".equals(event.name()))
                            .map(event -> event.text("processor")))
                    // Just after the start, that it runs may be told before it
                    .contains("PAUSED");
        }
    }

    @Test
    void signs_of_life_come_while_nothing_happens() {
        try (EventReader reader = follow("?types=alert", null)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> reader.comments().size() > 1);
            assertThat(reader.events()).isEmpty();
        }
    }

    @Test
    void the_token_is_needed() {
        api.callWithoutToken().get("/api/v1/events").then().statusCode(401);
    }

    @Test
    void a_type_that_does_not_exist_is_refused() {
        api.get("/api/v1/events?types=gossip").then().statusCode(422).body("errors[0].field", equalTo("types"));
    }

    @Test
    void who_asks_for_the_head_alone_takes_no_place() {
        for (int i = 0; i < 10; i++) {
            api.call().head("/api/v1/events").then().statusCode(200).contentType("text/event-stream");
            api.call().head("/ui/events").then().statusCode(200);
        }
    }

    @Test
    void so_many_may_listen_and_one_who_leaves_makes_room() {
        List<EventReader> readers = new ArrayList<>();
        try {
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                // Those of earlier stories are noticed to be gone with the next sign of life.
                try {
                    readers.add(follow("", null));
                } catch (AssertionError full) {
                    return false;
                }
                return readers.size() == 4;
            });
            api.get("/api/v1/events").then().statusCode(503).body("code", equalTo("TOO_MANY_STREAMS"));
        } finally {
            readers.forEach(EventReader::close);
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> follow("", null).close());
    }
}
