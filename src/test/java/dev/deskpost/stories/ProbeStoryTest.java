package dev.deskpost.stories;

import static dev.deskpost.fixtures.ProblemAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.InMemoryDesktop;
import dev.deskpost.desktop.InMemoryDesktop.ChatWindow;
import dev.deskpost.desktop.Presence;
import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.RunningService;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.TestPropertySource;

/** Somebody has written down a recipient and wants to know what would happen, before the first message. */
@RunningService
@TestPropertySource(
        properties = {
            "deskpost.delivery.desktop-patience=200ms",
            "deskpost.delivery.desktop-retry=100ms",
            "deskpost.delivery.quiet-period=100ms",
            "deskpost.delivery.focus-limit=50ms",
            "deskpost.delivery.race-limit=50ms",
            "deskpost.delivery.retry-delays=100ms"
        })
class ProbeStoryTest {

    private static final Bounds PLACE = new Bounds(100, 100, 400, 300);

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

    private ChatWindow agent;
    private ChatWindow editor;

    @BeforeEach
    void a_window_and_another_in_which_somebody_works() {
        agent = desktop.open("Agent-2");
        agent.bounds(PLACE);
        editor = desktop.open("Editor");
    }

    @AfterEach
    void close_them() {
        desktop.unavailable(null);
        desktop.use(Presence.Use.FREE);
        desktop.lackKeys();
        desktop.close(agent);
        desktop.close(editor);
    }

    private Response probe(String input) {
        put(input);
        return probe();
    }

    private void put(String input) {
        api.put("/api/v1/recipients/agent-2", "{\"window\":{\"title\":\"^Agent-2\"}" + input + "}");
    }

    private Response probe() {
        Response probe = api.post("/api/v1/recipients/agent-2/probe", "");
        probe.then().statusCode(200).contentType("application/json");
        assertThat(agent.keys()).as("nothing is typed").isEmpty();
        assertThat(editor.keys()).isEmpty();
        return probe;
    }

    @Test
    void all_is_well() {
        Response probe = probe(",\"input\":{\"x\":150,\"y\":-40}");

        assertThat(probe.jsonPath().getMap("").keySet())
                .containsExactly("recipient", "ok", "window", "input", "checks", "failure");
        probe.then()
                .body("recipient", equalTo("agent-2"))
                .body("ok", equalTo(true))
                .body("window.title", equalTo("Agent-2"))
                .body("window.class", equalTo("Chat"))
                .body("window.process", equalTo("chat"))
                .body("window.pid", equalTo(4711))
                .body("window.bounds", equalTo(Map.of("x", 100, "y", 100, "width", 400, "height", 300)))
                .body("input", equalTo(Map.of("x", 250, "y", 360)))
                .body("checks.check", equalTo(List.of("FOUND", "FOCUSED", "HIT", "KEYS")))
                .body("checks.ok", equalTo(List.of(true, true, true, true)))
                .body("checks[2].detail", containsString("250,360 on the screen, 150,260 of the window"))
                .body("failure", equalTo(null));
        assertThat(desktop.focused()).as("the focus is given back").isSameAs(editor);
    }

    @Test
    void without_an_input_point_no_click_would_be_made() {
        probe("")
                .then()
                .body("ok", equalTo(true))
                .body("input", equalTo(null))
                .body("checks[2].detail", containsString("no click"));
    }

    @Test
    void the_window_is_not_there() {
        desktop.close(agent);

        probe("")
                .then()
                .body("ok", equalTo(false))
                .body("window", equalTo(null))
                .body("checks.check", equalTo(List.of("FOUND", "KEYS")))
                .body("checks.ok", equalTo(List.of(false, true)))
                .body("failure.code", equalTo("WINDOW_NOT_FOUND"));
    }

    @Test
    void there_are_two_of_them() {
        ChatWindow second = desktop.open("Agent-2 the second");
        try {
            probe("")
                    .then()
                    .body("failure.code", equalTo("WINDOW_AMBIGUOUS"))
                    .body("failure.detail", containsString("'Agent-2 the second' (class Chat, process chat 4711)"));
        } finally {
            desktop.close(second);
        }
    }

    @Test
    void the_input_point_misses_the_window() {
        probe(",\"input\":{\"x\":450,\"y\":10}")
                .then()
                .body("ok", equalTo(false))
                .body("window.title", equalTo("Agent-2"))
                .body("checks.ok", equalTo(List.of(true, true, false, true)))
                .body("failure.code", equalTo("INPUT_OUTSIDE_WINDOW"))
                .body("failure.detail", containsString("550,110"))
                .body("failure.detail", containsString("400x300 at 100,100"));
    }

    @Test
    void the_keyboard_lacks_a_key() {
        desktop.lackKeys("v");

        probe("")
                .then()
                .body("checks.ok", equalTo(List.of(true, true, true, false)))
                .body("failure.code", equalTo("KEY_NOT_AVAILABLE"))
                .body("failure.detail", containsString("ctrl+v"));
    }

    @Test
    void a_window_that_was_moved_since_the_last_delivery_is_noticed_and_forgotten_with_a_put() {
        String input = ",\"input\":{\"x\":250,\"y\":360,\"relativeTo\":\"screen\"}";
        put(input);
        deliver("first");
        agent.bounds(new Bounds(120, 100, 400, 300));

        String id = api.send("agent-2", "second");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> api.get("/api/v1/messages/" + id)
                        .then()
                        .body("state", equalTo("FAILED"))
                        .body("failure.code", equalTo("WINDOW_MOVED"))
                        .body("failure.detail", containsString("was 400x300 at 100,100 and is 400x300 at 120,100"))
                        .body(
                                "failure.detail",
                                containsString("lies at 130,260 of the window and no longer at 150,260")));
        assertThat(agent.submitted()).containsExactly("first");
        api.post("/api/v1/recipients/agent-2/probe", "")
                .then()
                .body("failure.code", equalTo("WINDOW_MOVED"))
                .body("input", equalTo(Map.of("x", 250, "y", 360)));

        put(input);

        api.post("/api/v1/recipients/agent-2/probe", "").then().body("failure", equalTo(null));
        deliver("third");
    }

    @Test
    void a_point_of_the_window_follows_it() {
        put(",\"input\":{\"x\":150,\"y\":-40}");
        deliver("first");
        agent.bounds(new Bounds(300, 200, 500, 600));
        deliver("second");
        assertThat(agent.submitted()).containsExactly("first", "second");
    }

    private void deliver(String content) {
        String id = api.send("agent-2", content);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> api.get("/api/v1/messages/" + id).then().body("state", equalTo("DELIVERED")));
    }

    @Test
    void nobody_of_that_name_is_known() {
        assertThat(api.post("/api/v1/recipients/nobody/probe", "")).isProblem(404, "UNKNOWN_RECIPIENT");
    }

    @Test
    void somebody_is_typing_and_keeps_the_focus() {
        desktop.use(Presence.Use.ACTIVE);

        probe("")
                .then()
                .body("ok", equalTo(false))
                .body("window.title", equalTo("Agent-2"))
                .body("checks.check", equalTo(List.of("FOUND", "FOCUSED", "KEYS")))
                .body("checks.ok", equalTo(List.of(true, false, true)))
                .body("failure.code", equalTo("DESKTOP_IN_USE"))
                .body("failure.detail", containsString("somebody is typing"));
        assertThat(desktop.focused()).isSameAs(editor);
    }

    @Test
    void the_pointer_in_a_corner_pauses_the_station_at_a_probe_too() {
        desktop.use(Presence.Use.CORNER);
        try {
            probe("").then().body("failure.code", equalTo("DESKTOP_IN_USE"));
            api.get("/api/v1/queue").then().body("paused", equalTo(true));
        } finally {
            desktop.use(Presence.Use.FREE);
            api.post("/api/v1/queue/resume", "");
        }
    }

    @Test
    void somebody_else_holds_the_desktop() {
        put("");
        try (DesktopSession held = desktop.acquire(Duration.ofSeconds(5)).orElseThrow()) {
            assertThat(held.windows().all()).isNotEmpty();
            assertThat(api.post("/api/v1/recipients/agent-2/probe", ""))
                    .isProblem(503, "DESKTOP_BUSY")
                    .says("another holder");
        }
    }

    @Test
    void there_is_no_desktop() {
        put("");
        desktop.unavailable("no display");
        assertThat(api.post("/api/v1/recipients/agent-2/probe", ""))
                .isProblem(503, "DESKTOP_UNAVAILABLE")
                .says("no display");
    }
}
