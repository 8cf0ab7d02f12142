package dev.deskpost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deskpost.testing.ChatWindowsProcess;
import dev.deskpost.testing.DeskpostClient;
import dev.deskpost.testing.VirtualDisplay;
import java.awt.Rectangle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/**
 * Windows as they are on a desktop with two monitors and several workspaces: somewhere else, minimised, closed in the
 * wrong moment, with a question on top. The right one of the monitors is the primary.
 */
class AwkwardWindowsIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static VirtualDisplay display;
    private static ConfigurableApplicationContext service;
    private static DeskpostClient client;
    private static int opened;

    private ChatWindowsProcess windows;
    private ChatWindowsProcess editor;

    /** Another one in each test, so that a message left waiting by one test finds nothing in the next. */
    private String agent;

    @BeforeAll
    static void start(@TempDir Path home) {
        VirtualDisplay.assumeAvailable();
        display = VirtualDisplay.startWithTwoMonitors();
        service = new SpringApplicationBuilder(DeskpostApplication.class)
                .run(
                        "--deskpost.home=" + home,
                        "--server.port=0",
                        "--deskpost.desktop.display=" + display.display(),
                        "--deskpost.desktop.authority=" + display.authority(),
                        "--deskpost.delivery.retry-delays=3s",
                        "--deskpost.delivery.race-limit=1s");
        client = new DeskpostClient(
                service.getEnvironment().getRequiredProperty("local.server.port", Integer.class), home);
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
        if (display != null) {
            display.close();
        }
    }

    @BeforeEach
    void open_an_agent_on_the_left_and_an_editor_on_the_right() {
        opened++;
        agent = "Agent-" + opened;
        windows = ChatWindowsProcess.open(display, "agent=" + agent + " - Chat", "sibling=Sibling " + opened);
        windows.bounds("agent", 100, 100, 600, 500);
        windows.bounds("sibling", 800, 100, 600, 500);
        editor = ChatWindowsProcess.open(display, "editor=Editor " + opened);
        editor.bounds("editor", 1800, 200, 600, 500);
        editor.front("editor");
    }

    @AfterEach
    void close_them() {
        windows.close();
        editor.close();
        await().until(() -> display.x11().clients().isEmpty());
    }

    private void put(String more) {
        client.put("/recipients/" + agent, "{\"window\":{\"title\":\"^" + agent + "\\\\b\"}" + more + "}");
    }

    private static JsonNode awaitState(String id, String state) {
        await().atMost(LIMIT).until(() -> {
            String now = client.message(id).get("state").asString();
            return now.equals(state) || !List.of("PENDING", "PROCESSING").contains(now);
        });
        JsonNode message = client.message(id);
        assertThat(message.get("state").asString()).as("%s", message).isEqualTo(state);
        return message;
    }

    /** Not sent, and waiting for its next try. */
    private static JsonNode awaitFailure(String id) {
        await().atMost(LIMIT).until(() -> {
            JsonNode message = client.message(id);
            return message.get("state").asString().equals("PENDING")
                    && message.get("attempts").asInt() > 0;
        });
        return client.message(id).get("failure");
    }

    private void assertDelivered(String text) {
        awaitState(client.send(agent, text), "DELIVERED");
        await().until(() -> windows.submitted("agent"), List.of(text)::equals);
        assertNobodyElseGotAnything();
    }

    private void assertNobodyElseGotAnything() {
        assertThat(windows.events("sibling")).as("what the sibling got").isEmpty();
        assertThat(editor.events("editor")).as("what the editor got").isEmpty();
    }

    /** Of the agent's input box, on the screen. */
    private int[] input() {
        ChatWindowsProcess.Place place = windows.where("agent");
        Rectangle bounds = display.x11().bounds(windows.window("agent"));
        return new int[] {bounds.x + place.x(), bounds.y + place.y()};
    }

    @Nested
    class Somewhere_else {

        @Test
        void left_of_the_primary_monitor_is_where_negative_coordinates_are_imported_from() {
            int[] input = input();
            JsonNode imported = client.post(
                    "/recipients/import", """
                    {"agents":{"%s":{"chat_input_coordinates":[%d,%d],"onboarding_input_coords":[-1265,171],
                     "description":"Integration","active":true}}}
                    """.formatted(agent, input[0] - VirtualDisplay.MONITOR_WIDTH, input[1]));

            assertThat(input[0] - VirtualDisplay.MONITOR_WIDTH).isNegative();
            JsonNode one = imported.get("agents").get(0);
            assertThat(one.get("outcome").asString()).as("%s", imported).isEqualTo("ADDED");
            assertThat(one.get("settings").get("window").get("title").asString())
                    .isEqualTo("^" + agent + "\\b");
            assertThat(one.get("settings").get("input").get("y").asInt())
                    .as("counts from the lower edge")
                    .isNegative();
            assertThat(imported.get("monitors"))
                    .extracting(monitor -> monitor.get("name").asString() + " "
                            + monitor.get("bounds").get("x").asInt() + " "
                            + monitor.get("bounds").get("width").asInt() + " "
                            + monitor.get("primary").asBoolean())
                    .containsExactlyInAnyOrder("left 0 1600 false", "right 1600 1600 true");
            assertDelivered("to the left");
            windows.bounds("agent", 200, 50, 700, 800);
            awaitState(client.send(agent, "followed"), "DELIVERED");
        }

        @Test
        void a_minimised_window_is_restored() {
            windows.iconify("agent");
            put(",\"input\":{\"x\":40,\"y\":-30}");
            assertDelivered("wake up");
        }

        @Test
        void a_window_on_another_workspace_is_reached() {
            int window = windows.window("agent");
            display.x11().desktops(3);
            display.x11().moveToDesktop(window, 2);
            await().until(() -> display.x11().desktopOf(window) == 2);
            try {
                assertThat(display.x11().currentDesktop()).isZero();
                put(",\"input\":{\"x\":40,\"y\":-30}");
                assertDelivered("over there");
            } finally {
                display.x11().showDesktop(0);
                await().until(() -> display.x11().currentDesktop() == 0);
            }
        }
    }

    @Nested
    class Between_paste_and_submit {

        @Test
        void a_window_that_closes_gives_its_enter_to_nobody() {
            windows.closesAtPaste("agent");
            put(",\"submitDelay\":\"PT0.5S\"");

            JsonNode failure = awaitFailure(client.send(agent, "too late"));

            assertThat(failure.get("code").asString()).isEqualTo("WINDOW_NOT_FOUND");
            assertThat(failure.get("detail").asString()).contains("closed");
            assertThat(windows.events("agent", "pasted")).hasSize(1);
            assertThat(windows.submitted("agent")).isEmpty();
            assertNobodyElseGotAnything();
        }

        @Test
        void a_question_that_opens_on_top_is_not_answered_and_the_message_comes_when_it_is_gone() {
            windows.asksAtPaste("agent");
            put(",\"submitDelay\":\"PT0.5S\",\"input\":{\"x\":40,\"y\":-30}");

            String id = client.send(agent, "please");
            JsonNode failure = awaitFailure(id);

            assertThat(failure.get("code").asString()).isIn("FOCUS_LOST", "FOCUS_NOT_ACQUIRED");
            assertThat(failure.get("detail").asString())
                    .contains("another window has the focus: 'Permission'")
                    .contains("of the same program");
            windows.undialog("agent");
            awaitState(id, "DELIVERED");
            await().until(() -> windows.submitted("agent"), List.of("please")::equals);
            assertThat(windows.events("agent", "dialog-answered")).isEmpty();
            assertThat(windows.events("agent"))
                    .as("keys in the dialog")
                    .noneMatch(event ->
                            event.has("in") && event.get("in").asString().equals("dialog"));
            assertNobodyElseGotAnything();
        }
    }

    @Nested
    class Before_the_first_message {

        @Test
        void a_probe_touches_nothing_and_gives_the_focus_back() {
            put(",\"input\":{\"x\":40,\"y\":-30}");
            int before = display.x11().activeWindow();

            JsonNode probe = client.post("/recipients/" + agent + "/probe", "");

            assertThat(probe.get("ok").asBoolean()).as("%s", probe).isTrue();
            assertThat(probe.get("checks")).hasSize(4);
            assertThat(probe.get("window").get("id").asString())
                    .isEqualTo("0x" + Integer.toHexString(windows.window("agent")));
            assertThat(windows.events("agent")).isEmpty();
            assertThat(before).isEqualTo(editor.window("editor"));
            // The window manager may take longer than the service waits for it.
            await().untilAsserted(() -> {
                assertThat(display.x11().activeWindow()).as("active").isEqualTo(before);
                assertThat(display.x11().focusedClient())
                        .as("with the input focus")
                        .isEqualTo(before);
            });
            assertThat(display.x11().selectionOwner("CLIPBOARD"))
                    .as("owner of the clipboard")
                    .isEqualTo(clipboard);
        }

        private final int clipboard = display.x11().selectionOwner("CLIPBOARD");

        @Test
        void a_probe_leaves_the_focus_to_a_person_who_types() throws InterruptedException {
            put("");
            ScheduledExecutorService person = Executors.newSingleThreadScheduledExecutor();
            try {
                ScheduledFuture<?> unused =
                        person.scheduleAtFixedRate(() -> display.x11().key("q"), 0, 50, TimeUnit.MILLISECONDS);
                await().until(() -> !editor.events("editor", "key").isEmpty());

                JsonNode probe = client.post("/recipients/" + agent + "/probe", "");

                assertThat(probe.get("failure").get("code").asString()).isEqualTo("DESKTOP_IN_USE");
            } finally {
                // An interrupt in the middle of a key would close the connection.
                person.shutdown();
                assertThat(person.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
            }
            assertThat(windows.events("agent")).as("what the agent got").isEmpty();
            assertThat(display.x11().activeWindow()).isEqualTo(editor.window("editor"));
        }

        @Test
        void a_probe_names_the_question_that_stands_in_the_way() {
            windows.dialog("agent");
            put("");

            JsonNode failure =
                    client.post("/recipients/" + agent + "/probe", "").get("failure");

            assertThat(failure.get("code").asString()).isEqualTo("FOCUS_NOT_ACQUIRED");
            assertThat(failure.get("detail").asString()).contains("'Permission'");
        }
    }

    @Test
    void a_window_that_was_moved_below_a_point_of_the_screen_gets_nothing() {
        int[] input = input();
        put(",\"input\":{\"x\":%d,\"y\":%d,\"relativeTo\":\"screen\"}".formatted(input[0], input[1]));
        assertDelivered("here");
        windows.bounds("agent", 130, 100, 600, 500);

        JsonNode failure = awaitFailure(client.send(agent, "there"));

        assertThat(failure.get("code").asString()).isEqualTo("WINDOW_MOVED");
        assertThat(windows.submitted("agent")).containsExactly("here");
    }
}
