package dev.deskpost.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deskpost.testing.HookServer.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code scripts/simulate-agent} in a real terminal, with somebody at keyboard and clipboard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulateAgentTest {

    private static final String ID = "msg_20261121_190500_1a2b3c4d";

    /** Several lines, a tab, characters of two, three and four bytes. */
    private static final String TEXT = "Größe: 5 €\n\n\tif (a \"b\" \\n) 👩‍🚀\n\n[deskpost " + ID + "]";

    private VirtualDisplay display;
    private Path token;
    private HookServer server;

    @BeforeAll
    void open_a_display() throws IOException {
        VirtualDisplay.assumeAvailable();
        VirtualDisplay.assumeInstalled("xclip");
        SimulatedAgent.assumeAvailable();
        display = VirtualDisplay.start();
        token = Files.writeString(display.directory().resolve("token"), "secret-1\n");
    }

    @AfterAll
    void close_it() {
        if (display != null) {
            display.close();
        }
    }

    @BeforeEach
    void stand_where_Deskpost_would() {
        server = new HookServer();
    }

    @AfterEach
    void go_away() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "claude-code, UserPromptSubmit, Stop, ''",
        "codex, UserPromptSubmit, Stop, ''",
        "cursor, beforeSubmitPrompt, stop, {\"continue\":true}",
        "gemini-cli, BeforeAgent, AfterAgent, {}"
    })
    void its_hooks_tell_of_the_prompt_and_of_the_end(String kind, String begin, String end, String answer)
            throws Exception {
        try (SimulatedAgent agent = open(kind)) {
            paste(agent, TEXT);
            agent.awaitHooks(2);

            assertThat(agent.submitted()).containsExactly(TEXT);
            assertThat(server.requests())
                    .allSatisfy(SimulateAgentTest::isForAgent1)
                    .hasSize(2);
            assertThat(body(0).get("hook_event_name").asString()).isEqualTo(begin);
            assertThat(body(0).get("prompt").asString()).isEqualTo(TEXT);
            assertThat(body(1).get("hook_event_name").asString()).isEqualTo(end);
            assertThat(agent.hooks()).allSatisfy(hook -> {
                assertThat(hook.get("exit").asInt()).isZero();
                assertThat(hook.get("output").asString().strip()).isEqualTo(answer);
            });
        }
    }

    @Test
    void a_program_of_its_own_names_the_message() throws Exception {
        try (SimulatedAgent agent = open("plain")) {
            paste(agent, TEXT);
            agent.awaitHooks(3);

            assertThat(server.requests())
                    .extracting(Request::text)
                    .containsExactly(
                            "{\"event\":\"received\",\"messageId\":\"" + ID + "\"}",
                            "{\"event\":\"busy\"}",
                            "{\"event\":\"idle\"}");
        }
    }

    @Test
    void an_agent_without_hooks_writes_a_file() throws Exception {
        Path inbox = Files.createDirectory(display.directory().resolve("inbox"));
        try (SimulatedAgent agent =
                SimulatedAgent.open(display, "writer", "--agent", "inbox", "--inbox", inbox.toString())) {
            paste(agent, TEXT);
            await().until(() -> !agent.events("inbox").isEmpty());

            assertThat(inbox.resolve("RECEIVED_" + ID + ".md")).exists();
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void hooks_of_the_type_http_say_the_same() throws Exception {
        try (SimulatedAgent agent = open("claude-code", "--http")) {
            paste(agent, TEXT);
            agent.awaitHooks(2);

            assertThat(server.requests())
                    .allSatisfy(SimulateAgentTest::isForAgent1)
                    .hasSize(2);
            assertThat(body(0).get("prompt").asString()).isEqualTo(TEXT);
            assertThat(agent.hooks())
                    .allSatisfy(hook -> assertThat(hook.get("status").asInt()).isEqualTo(204));
        }
    }

    @Test
    void what_is_typed_is_taken_and_ctrl_u_empties_the_line() throws Exception {
        try (SimulatedAgent agent = open("claude-code")) {
            focus(agent);
            display.x11().key("enter");
            display.x11().type("wrong");
            display.x11().key("ctrl+u");
            display.x11().type("Right 1");
            display.x11().key("enter");
            agent.awaitHooks(2);

            assertThat(agent.submitted()).containsExactly("Right 1");
            assertThat(agent.emptySubmits()).isEqualTo(1);
        }
    }

    @Test
    void prompts_that_come_while_it_works_wait_their_turn() throws Exception {
        List<String> texts =
                IntStream.range(0, 5).mapToObj(i -> "prompt " + i + "\nline 2").toList();
        try (SimulatedAgent agent = open("codex", "--busy", "0.1")) {
            for (String text : texts) {
                paste(agent, text);
            }
            agent.awaitHooks(10);

            assertThat(agent.submitted()).isEqualTo(texts);
            assertThat(server.requests())
                    .extracting(request -> request.json().path("prompt").asString("the end"))
                    .containsExactlyElementsOf(texts.stream()
                            .flatMap(text -> Stream.of(text, "the end"))
                            .toList());
        }
    }

    @Test
    void fifty_prompts_within_some_seconds_are_all_taken() throws Exception {
        try (SimulatedAgent agent = open("claude-code", "--http")) {
            focus(agent);
            copy(TEXT);
            for (int i = 0; i < 50; i++) {
                pasteAgain(agent);
            }
            agent.awaitHooks(100);

            assertThat(agent.submitted()).hasSize(50).containsOnly(TEXT);
            assertThat(agent.emptySubmits()).isZero();
        }
    }

    @Test
    void a_dialog_blocks_until_enter_approves_what_it_asks() throws Exception {
        try (SimulatedAgent agent = open("claude-code", "--permission-every", "1")) {
            paste(agent, TEXT);
            agent.awaitHooks(3);

            assertThat(agent.asks()).isTrue();
            assertThat(body(1).get("hook_event_name").asString()).isEqualTo("PermissionRequest");
            assertThat(body(2).get("notification_type").asString()).isEqualTo("permission_prompt");
            display.x11().key("enter");
            agent.awaitHooks(4);

            assertThat(agent.asks()).isFalse();
            assertThat(agent.events("permission"))
                    .extracting(event -> event.get("answer").asString())
                    .containsExactly("asked", "enter");
            assertThat(body(3).get("hook_event_name").asString()).isEqualTo("Stop");
        }
    }

    @ParameterizedTest
    @CsvSource({"codex, PermissionRequest", "gemini-cli, Notification"})
    void other_agents_say_that_they_ask_too(String kind, String event) throws Exception {
        try (SimulatedAgent agent = open(kind, "--permission-every", "1")) {
            paste(agent, TEXT);
            agent.awaitHooks(2);

            assertThat(body(1).get("hook_event_name").asString()).isEqualTo(event);
            display.x11().type("n");
            agent.awaitHooks(3);
            assertThat(agent.events("permission").get(1).get("answer").asString())
                    .isEqualTo("n");
        }
    }

    @Test
    void it_can_lose_a_head_and_a_tail_and_stay_silent_and_end() throws Exception {
        try (SimulatedAgent agent = open(
                "codex",
                "--lose-head",
                "3",
                "--lose-tail",
                "2",
                "--busy",
                "0.1",
                "--delay",
                "0.1",
                "--silent",
                "--once")) {
            paste(agent, "0123456789");
            await().atMost(Duration.ofSeconds(20)).until(() -> !agent.isAlive());

            assertThat(agent.submitted()).containsExactly("34567");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void it_goes_on_without_Deskpost() throws Exception {
        server.close();
        try (SimulatedAgent agent = open("gemini-cli")) {
            paste(agent, TEXT);
            agent.awaitHooks(2);

            assertThat(agent.hooks()).allSatisfy(hook -> {
                assertThat(hook.get("exit").asInt()).isZero();
                assertThat(hook.get("output").asString()).isEqualTo("{}\n");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--help, 0, usage: scripts/simulate-agent",
        "--agent codex, 2, --recipient is missing",
        "--agent hal --recipient a, 2, --agent does not take hal",
        "--agent inbox, 2, --inbox is missing",
        "--bogus, 2, What is --bogus"
    })
    void it_explains_itself(String arguments, int exit, String words) throws Exception {
        List<String> command = new ArrayList<>(List.of("scripts/simulate-agent"));
        command.addAll(List.of(arguments.split(" ")));
        ProcessBuilder program = new ProcessBuilder(command).redirectErrorStream(true);
        program.environment().remove("DESKPOST_RECIPIENT");
        Process process = program.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).isEqualTo(exit);
        assertThat(output).startsWith(words);
    }

    private static void isForAgent1(Request request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/api/v1/recipients/agent-1/hooks");
        assertThat(request.authorization()).isEqualTo("Bearer secret-1");
        assertThat(request.contentType()).isEqualTo("application/json");
    }

    private JsonNode body(int request) {
        return JsonMapper.shared().readTree(server.requests().get(request).body());
    }

    private SimulatedAgent open(String kind, String... more) {
        String[] options = Stream.concat(
                        Stream.of(
                                "--agent",
                                kind,
                                "--recipient",
                                "agent-1",
                                "--url",
                                server.url(),
                                "--token-file",
                                token.toString()),
                        Stream.of(more))
                .toArray(String[]::new);
        return SimulatedAgent.open(display, kind, options);
    }

    private void paste(SimulatedAgent agent, String text) throws Exception {
        focus(agent);
        copy(text);
        pasteAgain(agent);
    }

    private void pasteAgain(SimulatedAgent agent) {
        int pasted = agent.events("pasted").size();
        display.x11().key("shift+insert");
        // The terminal asks for the text, and takes keys meanwhile
        await().pollInterval(Duration.ofMillis(5))
                .until(() -> agent.events("pasted").size() > pasted);
        display.x11().key("enter");
    }

    private void focus(SimulatedAgent agent) {
        int id = display.x11().client(agent.title());
        await().pollInterval(Duration.ofMillis(10)).until(() -> {
            display.x11().activate(id);
            return display.x11().activeWindow() == id && display.x11().focusedClient() == id;
        });
    }

    private void copy(String text) throws IOException, InterruptedException {
        int before = display.x11().selectionOwner("PRIMARY");
        Process xclip = display.start(new ProcessBuilder("xclip", "-selection", "primary")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD));
        try (OutputStream in = xclip.getOutputStream()) {
            in.write(text.getBytes(UTF_8));
        }
        // It goes on as a process of its own, which the display's end ends
        assertThat(xclip.waitFor(10, TimeUnit.SECONDS)).isTrue();
        await().pollInterval(Duration.ofMillis(5)).until(() -> display.x11().selectionOwner("PRIMARY") != before);
    }
}
