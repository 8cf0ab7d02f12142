package dev.deskpost.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.deskpost.desktop.InMemoryDesktop;
import dev.deskpost.desktop.InMemoryDesktop.ChatWindow;
import dev.deskpost.desktop.Presence;
import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.RunningService;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Somebody wants their desktop for themselves: throws the pointer into a corner, and lets the messages come later. */
@RunningService
class PauseStoryTest {

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

    @AfterEach
    void go_on() {
        desktop.use(Presence.Use.FREE);
        api.post("/api/v1/queue/resume", "");
    }

    @Test
    void the_pointer_in_a_corner_pauses_until_somebody_resumes() {
        ChatWindow agent = desktop.open("agent-1");
        api.addRecipient("agent-1");
        desktop.use(Presence.Use.CORNER);
        String id = api.send("agent-1", "hello");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> api.get("/api/v1/queue")
                        .then()
                        .body("paused", equalTo(true))
                        .body("reason", equalTo("the pointer was moved into a corner of the screen"))
                        .body("processor.state", equalTo("PAUSED"))
                        .body("pending", equalTo(1)));

        desktop.use(Presence.Use.FREE);
        String second = api.send("agent-1", "accepted while it is paused");
        api.get("/api/v1/messages/" + id + "/attempts").then().body("attempts", equalTo(List.of()));
        assertThat(agent.keys()).isEmpty();

        api.post("/api/v1/queue/resume", "")
                .then()
                .statusCode(200)
                .body("paused", equalTo(false))
                .body("reason", equalTo(null));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> api.get("/api/v1/messages/" + second)
                        .then()
                        .body("state", equalTo("DELIVERED"))
                        .body("attempts", equalTo(1)));
        assertThat(agent.submitted()).containsExactly("hello", "accepted while it is paused");
    }
}
