package dev.deskpost.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deskpost.testing.HookServer.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/receipts/deskpost-hook.sh}, as an agent runs it: the agent must never notice. */
class DeskpostHookTest {

    private static final String SCRIPT =
            Path.of("docs", "receipts", "deskpost-hook.sh").toAbsolutePath().toString();

    /** Quotes, what a shell or curl would expand, no line break at the end, and bytes that are no UTF-8. */
    private static final byte[] AWKWARD =
            ("{\"prompt\":\"$(id) `id` \\\"'%s%n @/etc/passwd \u00e4 \uD83D\uDE80\"}\r\n\n\u0000" + "\u00ff")
                    .getBytes(ISO_8859_1);

    @TempDir
    private Path home;

    private HookServer server;

    private record Outcome(int exit, String output, String errors, Duration took) {}

    @BeforeEach
    void stand_where_Deskpost_would() throws IOException {
        VirtualDisplay.assumeInstalled("curl");
        Files.writeString(home.resolve("token"), "secret-1_~+/==\n");
        server = new HookServer();
    }

    @AfterEach
    void close_it() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"claude-code,''", "cursor,{\"continue\":true}", "codex,''", "gemini-cli,{}", "plain,''", "unheard-of,''"
    })
    void each_agent_reads_what_it_wants_and_Deskpost_gets_the_event_as_it_was(String agent, String answer)
            throws Exception {
        Outcome outcome = run(AWKWARD, Map.of(), agent, "agent-1");

        assertThat(outcome).satisfies(quiet(answer));
        Request request = onlyRequest();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/api/v1/recipients/agent-1/hooks");
        assertThat(request.authorization()).isEqualTo("Bearer secret-1_~+/==");
        assertThat(request.contentType()).isEqualTo("application/json");
        assertThat(request.body()).isEqualTo(AWKWARD);
    }

    @Test
    void an_event_of_a_megabyte_arrives_whole() throws Exception {
        byte[] event = "0123456789abcdef".repeat(1 << 16).getBytes(UTF_8);

        assertThat(run(event, Map.of(), "codex", "agent-1")).satisfies(quiet(""));

        assertThat(onlyRequest().body()).isEqualTo(event);
    }

    @Test
    void an_event_may_be_the_last_argument() throws Exception {
        String event = "{\"type\":\"agent-turn-complete\",\"input-messages\":[\"a \\\"b\\\" $HOME %s\\\\n\"]}";

        assertThat(run(new byte[0], Map.of("DESKPOST_HOOK_WAIT", "1"), "codex", "agent-1", event))
                .satisfies(quiet(""));
        assertThat(run(new byte[0], Map.of("DESKPOST_RECIPIENT", "agent-2"), "codex", event))
                .satisfies(quiet(""));

        await().until(() -> server.requests().size() == 2);
        assertThat(server.requests()).extracting(Request::text).containsOnly(event);
        assertThat(server.requests())
                .extracting(Request::path)
                .containsExactly("/api/v1/recipients/agent-1/hooks", "/api/v1/recipients/agent-2/hooks");
    }

    @Test
    void the_recipient_may_come_from_the_environment() throws Exception {
        run("{}".getBytes(UTF_8), Map.of("DESKPOST_RECIPIENT", "agent-2"), "claude-code");

        assertThat(onlyRequest().path()).isEqualTo("/api/v1/recipients/agent-2/hooks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../queue", "a/b", "a?b", "-o", "agent 1"})
    void what_is_no_recipient_gets_nothing(String recipient) throws Exception {
        Outcome outcome = run(AWKWARD, Map.of("DESKPOST_HOOK_WAIT", "1"), "cursor", recipient);

        assertThat(outcome).satisfies(quiet("{\"continue\":true}"));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void without_a_token_nothing_is_sent_and_nothing_is_said() throws Exception {
        Files.delete(home.resolve("token"));

        Outcome outcome = run(new byte[200_000], Map.of("DESKPOST_HOOK_WAIT", "1"), "gemini-cli", "agent-1");

        assertThat(outcome).satisfies(quiet("{}"));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void a_token_file_with_more_than_a_token_is_not_sent() throws Exception {
        Files.writeString(home.resolve("token"), "secret\" evil: yes\nsecond line\n");

        Outcome outcome = run(AWKWARD, Map.of("DESKPOST_HOOK_WAIT", "1"), "claude-code", "agent-1");

        assertThat(outcome).satisfies(quiet(""));
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1"})
    void while_Deskpost_is_away_the_agent_does_not_notice(String waits) throws Exception {
        try (Socket taken = portWithoutAnswer()) {
            Map<String, String> away = Map.of("DESKPOST_URL", urlOf(taken), "DESKPOST_HOOK_WAIT", waits);

            assertThat(run(new byte[200_000], away, "cursor", "agent-1")).satisfies(quiet("{\"continue\":true}"));
        }
    }

    @Test
    void a_Deskpost_that_hangs_holds_nobody_up() throws Exception {
        Path bin = Files.createDirectory(home.resolve("bin"));
        Path patient = Files.writeString(bin.resolve("curl"), """
                #!/bin/sh
                PATH=${PATH#*:}
                curl "$@"
                exec sleep 20
                """);
        Files.setPosixFilePermissions(patient, PosixFilePermissions.fromString("rwx------"));
        server.neverAnswers();

        Outcome outcome = run(AWKWARD, Map.of("PATH", bin + ":" + System.getenv("PATH")), "claude-code", "agent-1");

        assertThat(outcome).satisfies(quiet(""));
        assertThat(outcome.took()).isLessThan(Duration.ofSeconds(20));
        assertThat(onlyRequest().body()).isEqualTo(AWKWARD);
    }

    @Test
    void a_hook_that_is_told_to_wait_waits_two_seconds_at_most() throws Exception {
        server.neverAnswers();

        Outcome outcome = run(AWKWARD, Map.of("DESKPOST_HOOK_WAIT", "1"), "claude-code", "agent-1");

        assertThat(outcome).satisfies(quiet(""));
        assertThat(outcome.took()).isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(10));
    }

    @Test
    void without_curl_the_event_is_read_and_the_agent_answered() throws Exception {
        Path few = Files.createDirectory(home.resolve("bin"));
        Files.copy(Path.of("/bin/cat"), few.resolve("cat"), StandardCopyOption.COPY_ATTRIBUTES);

        Outcome outcome = run(new byte[200_000], Map.of("PATH", few.toString()), "gemini-cli", "agent-1");

        assertThat(outcome).satisfies(quiet("{}"));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void the_settings_of_curl_and_a_proxy_change_nothing() throws Exception {
        Files.writeString(home.resolve(".curlrc"), "verbose\nproxy = 127.0.0.1:1\n");

        Outcome outcome = run(
                AWKWARD,
                Map.of("HOME", home.toString(), "http_proxy", "http://127.0.0.1:1", "DESKPOST_HOOK_WAIT", "1"),
                "codex",
                "agent-1");

        assertThat(outcome).satisfies(quiet(""));
        assertThat(onlyRequest().body()).isEqualTo(AWKWARD);
    }

    @Test
    void the_token_is_no_argument_of_a_process() throws Exception {
        List<String> sending = new CopyOnWriteArrayList<>();
        server.meanwhile(() -> ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(server.url()))
                .forEach(sending::add));

        run(AWKWARD, Map.of("DESKPOST_HOOK_WAIT", "1"), "claude-code", "agent-1");

        assertThat(sending).isNotEmpty().noneMatch(line -> line.contains("secret-1_"));
    }

    @Test
    void check_says_what_is_wrong() throws Exception {
        assertThat(run(new byte[0], Map.of(), "check", "agent-1").output()).startsWith("204: ");
        assertThat(server.requests()).extracting(Request::method).containsExactly("GET", "POST");

        try (Socket taken = portWithoutAnswer()) {
            String gone = urlOf(taken);
            assertThat(run(new byte[0], Map.of("DESKPOST_URL", gone), "check", "agent-1")
                            .output())
                    .isEqualTo("Nothing answers at " + gone + " within 2 s.\n");
        }
        assertThat(run(new byte[0], Map.of(), "check", "agent 1").output()).startsWith("No recipient (agent 1)");

        Files.delete(home.resolve("token"));
        assertThat(run(new byte[0], Map.of(), "check", "agent-1").output())
                .isEqualTo("The token file cannot be read: " + home.resolve("token") + "\n");
    }

    private static Consumer<Outcome> quiet(String answer) {
        return outcome -> {
            assertThat(outcome.exit()).isZero();
            assertThat(outcome.output()).isEqualTo(answer.isEmpty() ? "" : answer + "\n");
            assertThat(outcome.errors()).isEmpty();
        };
    }

    private Request onlyRequest() {
        await().until(() -> !server.requests().isEmpty());
        assertThat(server.requests()).hasSize(1);
        return server.requests().get(0);
    }

    /** Returns when its output has ended, too: an agent waits for that as well. */
    private Outcome run(byte[] event, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("/bin/sh", SCRIPT));
        command.addAll(List.of(arguments));
        ProcessBuilder hook =
                new ProcessBuilder(command).redirectError(home.resolve("errors").toFile());
        hook.environment().keySet().removeIf(name -> name.startsWith("DESKPOST_"));
        hook.environment().putAll(Map.of("DESKPOST_URL", server.url(), "DESKPOST_HOME", home.toString()));
        hook.environment().putAll(environment);
        long start = System.nanoTime();
        Process process = hook.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(event);
        }
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new Outcome(process.exitValue(), output, Files.readString(home.resolve("errors")), took);
    }

    /** Nobody listens there, and nobody else can as long as it is open. */
    private static Socket portWithoutAnswer() throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return socket;
    }

    private static String urlOf(Socket socket) {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }
}
