package dev.deskpost.stories;

import static dev.deskpost.fixtures.ProblemAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.InMemoryDesktop;
import dev.deskpost.desktop.InMemoryDesktop.ChatWindow;
import dev.deskpost.desktop.Monitor;
import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.RunningService;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
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

/** Somebody comes from a script that clicks at coordinates, and brings the file. The right monitor is the primary. */
@RunningService
@TestPropertySource(properties = "deskpost.recipient.import-patience=100ms")
class ImportStoryTest {

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

    private final List<ChatWindow> windows = new ArrayList<>();

    @BeforeEach
    void two_monitors_with_a_window_each() {
        desktop.monitors(
                new Monitor("left", new Bounds(0, 0, 800, 1000), false),
                new Monitor("right", new Bounds(800, 0, 800, 1000), true));
        open("Agent-1 - Cursor", new Bounds(100, 100, 400, 300));
        open("agent 2", new Bounds(900, 100, 400, 300));
    }

    @AfterEach
    void close_them() {
        desktop.unavailable(null);
        windows.forEach(desktop::close);
    }

    private void open(String title, Bounds bounds) {
        ChatWindow window = desktop.open(title);
        window.bounds(bounds);
        windows.add(window);
    }

    private Response read(String parameters, String file) {
        return api.post("/api/v1/recipients/import" + parameters, file);
    }

    private static final String BOTH = """
            {"agents":{"Agent-1":{"chat_input_coordinates":[-650,380],"description":"Integration"},
             "Agent-2":{"chat_input_coordinates":[150,150],"active":false}}}""";

    @Test
    void the_agents_become_recipients_whose_windows_are_known_again() {
        Response imported = read("", BOTH);

        imported.then()
                .statusCode(200)
                .body("dryRun", equalTo(false))
                .body("monitors.primary", equalTo(List.of(false, true)))
                .body("agents.outcome", equalTo(List.of("ADDED", "ADDED")))
                .body("agents[0].place", equalTo(Map.of("x", 150, "y", 380)))
                .body("agents[0].window.title", equalTo("Agent-1 - Cursor"))
                .body("agents[0].failure", equalTo(null));
        assertThat(api.get("/api/v1/recipients/Agent-1").asString())
                .isEqualTo("{\"id\":\"Agent-1\",\"displayName\":\"Integration\","
                        + "\"window\":{\"title\":\"^Agent-1\\\\b\",\"class\":\"Chat\",\"process\":\"^chat$\"},"
                        + "\"input\":{\"x\":50,\"y\":-20,\"relativeTo\":\"window\"},\"activity\":null}");
        api.get("/api/v1/recipients/Agent-2")
                .then()
                .body("enabled", equalTo(false))
                .body("window.title", equalTo("^agent 2\\b"))
                .body("input", equalTo(Map.of("x", 50, "y", 50, "relativeTo", "window")));
        api.post("/api/v1/recipients/Agent-1/probe", "").then().body("ok", equalTo(true));
    }

    @Test
    void a_terminal_gets_the_profile_of_one() {
        windows.get(0).windowClass("XTerm");
        read("?dryRun=true", BOTH)
                .then()
                .statusCode(200)
                .body("agents[0].settings.profile", equalTo("terminal"))
                .body("agents[1].settings.profile", nullValue());
    }

    @Test
    void a_dry_run_changes_nothing() {
        read("?dryRun=true", BOTH)
                .then()
                .body("dryRun", equalTo(true))
                .body("agents.outcome", equalTo(List.of("ADDED", "ADDED")));
        api.get("/api/v1/recipients").then().body("recipients", hasSize(0));
    }

    @Test
    void recipients_that_exist_are_kept_unless_somebody_asks_to_replace_them() {
        api.addRecipient("Agent-1");

        read("", BOTH).then().body("agents.outcome", equalTo(List.of("KEPT", "ADDED")));
        api.get("/api/v1/recipients/Agent-1").then().body("window.title", equalTo("^Agent-1$"));
        read("?replace=true&dryRun=true", BOTH).then().body("agents.outcome", equalTo(List.of("REPLACED", "REPLACED")));
        api.get("/api/v1/recipients/Agent-1").then().body("window.title", equalTo("^Agent-1$"));
        read("?replace=true", BOTH).then().body("agents.outcome", equalTo(List.of("REPLACED", "REPLACED")));
        api.get("/api/v1/recipients/Agent-1").then().body("window.title", equalTo("^Agent-1\\b"));
    }

    @Test
    void what_cannot_be_learned_says_why() {
        open("Chat", new Bounds(0, 600, 100, 100));
        open("Chat", new Bounds(200, 600, 100, 100));
        open("Both of them", new Bounds(400, 600, 300, 100));

        read("", """
                        {"unset":[0,0],"far":[-900,10],"nobody":[-790,10],"twin":[-750,650],
                         "pane-1":[-390,650],"pane-2":[-250,650],"Agent-1":[-650,380]}""")
                .then()
                .statusCode(200)
                .body(
                        "agents.findAll { it.failure }.failure.code",
                        equalTo(List.of(
                                "NOT_SET", "OFF_SCREEN", "NO_WINDOW", "NOT_UNIQUE", "SAME_WINDOW", "SAME_WINDOW")))
                .body("agents[6].outcome", equalTo("ADDED"))
                .body("agents[4].failure.detail", containsString("same window"));
        api.get("/api/v1/recipients").then().body("recipients.id", equalTo(List.of("Agent-1")));
    }

    @Test
    void a_file_that_cannot_be_read_is_refused_by_the_names_of_its_agents() {
        assertThat(read("", "{\"agents\":{\"Agent-1\":{\"onboarding_input_coords\":[1,2]},\"Agent-2\":[1,2]}}"))
                .isProblem(422, "INVALID_FIELD")
                .about("Agent-1");
        assertThat(read("", "[]")).isProblem(422, "INVALID_FIELD").about("body", "is not an object with agents in it");
        assertThat(read("", "{\"a\":[NaN,1]}")).isProblem(400, "UNREADABLE_JSON");
        assertThat(read("?dryRun=perhaps", BOTH))
                .isProblem(422, "INVALID_FIELD")
                .about("dryRun");
    }

    @Test
    void the_desktop_is_not_to_be_had() {
        try (DesktopSession held = desktop.acquire(Duration.ofSeconds(5)).orElseThrow()) {
            assertThat(held.windows().all()).isNotEmpty();
            assertThat(read("", BOTH)).isProblem(503, "DESKTOP_BUSY");
        }
        desktop.unavailable("no display");
        assertThat(read("", BOTH)).isProblem(503, "DESKTOP_UNAVAILABLE").says("no display");
    }
}
