package dev.deskpost.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.Executor;
import dev.deskpost.fixtures.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands as people and scripts run them: the packed jar as a process, beside a service that runs. */
@RunningService
class CliIT {

    private static final Path JAR = Path.of("target/deskpost.jar").toAbsolutePath();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Autowired
    Api api;

    @Autowired
    Executor executor;

    @Autowired
    Environment environment;

    record Ran(int exitCode, String out, String err) {

        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }
    }

    @BeforeEach
    void somebodyToWriteTo() {
        api.addRecipient("agent-1");
    }

    @Nested
    class Status {

        @Test
        void says_what_stops_the_messages_and_that_a_person_is_needed() throws Exception {
            api.send("agent-1", "hello");

            Ran ran = run("status");

            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(ran.out())
                    .contains("1 pending (the oldest for ", "desktop    x11 :987, unavailable", "A person is needed:")
                    .doesNotContain("\u001b");
            assertThat(ran.err()).isEmpty();
        }

        @Test
        void is_what_the_first_systems_users_call_queue_status() throws Exception {
            Ran ran = run("--queue-status", "--json");

            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(ran.json().at("/queue/desktop/available").asBoolean()).isFalse();
            assertThat(ran.json().at("/health/status").asString()).isEqualTo("OUT_OF_SERVICE");
        }
    }

    @Nested
    class Send {

        @Test
        void prints_the_id_and_the_text_arrives_as_it_is() throws Exception {
            Ran ran = run("send", "agent-1", "@alice: tidy & <well>", "--sender=bot", "--priority=high");

            assertThat(ran.exitCode()).isZero();
            assertThat(ran.out()).matches("msg_\\S+  PENDING\n");
            api.get("/api/v1/messages/" + ran.out().split(" ")[0])
                    .then()
                    .body("content", equalTo("@alice: tidy & <well>"))
                    .body("sender", equalTo("bot"))
                    .body("priority", equalTo("high"));
        }

        @Test
        void takes_the_text_from_standard_input_in_any_locale() throws Exception {
            Ran ran = runWith("two lines,\nGrüße 漢字 👍\n", "send", "agent-1", "--json");

            assertThat(ran.exitCode()).isZero();
            assertThat(ran.json().at("/content").asString()).isEqualTo("two lines,\nGrüße 漢字 👍");
        }

        @Test
        void takes_the_text_from_a_file_and_refuses_one_that_is_none() throws Exception {
            Path file = Files.writeString(directory.resolve("text"), "from a file");
            Path other = Files.write(directory.resolve("other"), new byte[] {(byte) 0xff, 'a'});

            assertThat(run("send", "agent-1", "--json", "--file=" + file)
                            .json()
                            .at("/content")
                            .asString())
                    .isEqualTo("from a file");
            assertThat(run("send", "agent-1", "--file=" + other))
                    .returns(2, Ran::exitCode)
                    .satisfies(ran -> assertThat(ran.err()).contains("no text in UTF-8"));
        }

        @Test
        void waits_until_it_is_delivered_and_says_how_that_is_known() throws Exception {
            Process process = start("send", "--wait=50", "agent-1", "hello");
            await().atMost(LIMIT).until(() -> !messages().isEmpty());
            String id = executor.delivers();

            Ran ran = end(process);

            assertThat(ran.exitCode()).isZero();
            assertThat(ran.out()).startsWith(id + "  DELIVERED, WINDOW PASTE, 1 attempt, ");
            assertThat(ran.err()).contains(id + " is accepted");
        }

        @Test
        void ends_with_bad_news_when_it_has_failed_or_the_time_is_up() throws Exception {
            Ran late = run("send", "--wait=1", "agent-1", "hello");
            assertThat(late.exitCode()).isEqualTo(1);
            assertThat(late.out()).contains("PENDING");
            executor.delivers();

            Process process = start("send", "--wait", "agent-1", "hello");
            await().atMost(LIMIT).until(() -> messages().contains("PENDING"));
            executor.fails("WINDOW_NOT_FOUND");
            Ran failed = end(process);

            assertThat(failed.exitCode()).isEqualTo(1);
            assertThat(failed.out()).contains("FAILED", "WINDOW_NOT_FOUND: said a test");
        }

        @Test
        void says_what_the_service_refuses_and_why() throws Exception {
            Ran unknown = run("send", "nobody", "hello");
            Ran wrong = run("send", "agent-1", "hello", "--sender=a\u0007b", "--expires-at=2020-01-01T00:00:00Z");

            assertThat(unknown.exitCode()).isEqualTo(3);
            assertThat(unknown.err()).contains("404 Not Found [UNKNOWN_RECIPIENT]");
            assertThat(wrong.exitCode()).isEqualTo(3);
            assertThat(wrong.err()).contains("[INVALID_FIELD]", "\n  expiresAt is in the past", "\n  sender must");
        }

        @Test
        void with_the_same_key_sends_once() throws Exception {
            String first =
                    run("send", "agent-1", "hello", "--idempotency-key=k-1").out();

            assertThat(run("send", "agent-1", "hello", "--idempotency-key=k-1").out())
                    .isEqualTo(first);
            assertThat(run("send", "agent-1", "other", "--idempotency-key=k-1").exitCode())
                    .isEqualTo(3);
        }
    }

    @Nested
    class Retry {

        @Test
        void tries_again_what_has_failed_by_id_or_all_of_it() throws Exception {
            String id = fail();

            Ran one = run("retry", id, "msg_20200101_000000_00000000");
            assertThat(one.exitCode()).isEqualTo(3);
            assertThat(one.out()).startsWith(id + "  PENDING");
            assertThat(one.err()).contains("msg_20200101_000000_00000000  refused: 404");
            executor.fails("WINDOW_NOT_FOUND");

            assertThat(run("retry", "--all-failed", "--dry-run").out()).isEqualTo("1 matches, nothing was changed\n");
            assertThat(run("retry", "--failure-code=FOCUS_LOST").out()).isEqualTo("0 match, 0 will be tried again\n");
            assertThat(run("retry", "--recipient=agent-1", "--limit=5").out())
                    .isEqualTo("1 matches, 1 will be tried again\n");
            assertThat(messages()).containsExactly("PENDING");
        }

        @Test
        void does_nothing_without_being_told_what() throws Exception {
            fail();

            assertThat(run("retry").exitCode()).isEqualTo(2);
            assertThat(run("retry", "--limit=5").exitCode()).isEqualTo(2);
            assertThat(run("retry", "msg_1", "--all-failed").exitCode()).isEqualTo(2);
            assertThat(messages()).containsExactly("FAILED");
        }

        private String fail() {
            api.send("agent-1", "hello");
            return executor.fails("WINDOW_NOT_FOUND");
        }
    }

    @Nested
    class Recipients {

        @Test
        void are_listed_with_what_a_terminal_would_obey_taken_out() throws Exception {
            api.put("/api/v1/recipients/agent-2", """
                    {"displayName":"\u202eevil","enabled":false,"profile":"terminal","window":{"class":"XTerm","process":"^x"}}
                    """).then().statusCode(201);

            Ran ran = run("recipients");

            assertThat(ran.exitCode()).isZero();
            assertThat(ran.out().lines())
                    .containsExactly(
                            "ID       NAME  ENABLED  PROFILE   WINDOW                  ACTIVITY",
                            "agent-1  -     yes      chat      title=^agent-1$         -",
                            "agent-2  evil  no       terminal  class=XTerm process=^x  -");
            assertThat(run("recipients", "--json").out()).contains("\"displayName\":\"\\u202eevil\"");
        }
    }

    @Nested
    class Tail {

        @Test
        void goes_on_over_a_lost_connection_until_ctrl_c() throws Exception {
            try (EventServer server = new EventServer()) {
                server.then("""
                                id: e-1
                                event: message
                                data: {"at":"2026-11-21T19:05:00Z","id":"msg_1","recipient":"agent-1","state":"DELIVERED",
                                data: "attempts":1,"channel":"WINDOW","evidence":"PASTE","failure":null,"verdict":null}

                                event: step
                                data: {"at":"2026-11-21T19:05:00Z","id":"msg_2","recipient":"agent-1","step":"FOUND"}

                                """).thenSilence("""
                                id: e-2
                                event: message
                                data: {"at":"2026-11-21T19:05:01Z","id":"msg_2","recipient":"agent-1","state":"FAILED",\
                                "failure":{"code":"WINDOW_NOT_FOUND","detail":"\\u001b]0;owned\\u0007gone"}}

                                event: news
                                data: {"of":"a later version"}

                                """);
                Path out = directory.resolve("tail");

                Process process =
                        start(Map.of("TZ", "UTC", "DESKPOST_URL", server.url()), out, "tail", "--recipient=agent-1");
                await().atMost(LIMIT).until(() -> Files.readString(out).contains("later version"));
                interrupt(process);
                Ran ran = end(process);

                assertThat(ran.exitCode()).isEqualTo(130);
                assertThat(Files.readString(out).lines())
                        .containsExactly(
                                "19:05:00  agent-1           DELIVERED    msg_1  PASTE",
                                "19:05:01  agent-1           FAILED       msg_2  WINDOW_NOT_FOUND: gone",
                                "--:--:--  news {\"of\":\"a later version\"}");
                assertThat(ran.err()).contains("ended the stream; trying again", "connected again");
                assertThat(server.asked)
                        .extracting(EventServer.Asked::target)
                        .containsOnly("/api/v1/events?recipient=agent-1");
                assertThat(server.asked.get(1).lastEventId()).contains("e-1");
            }
        }

        @Test
        void gives_scripts_one_line_for_each_event_they_want() throws Exception {
            try (EventServer server = new EventServer()) {
                server.then("id: e-1\ndata: {\"state\":\"PENDING\",\ndata:  \"id\":\"msg_1\"}\n\n"
                        + "id: e-2\ndata: {\"state\":\"FAILED\",\ndata:  \"id\":\"msg_2\"}\n\n");

                Ran ran = run("tail", "--url=" + server.url(), "--state=failed", "--json");

                assertThat(ran.exitCode()).isZero();
                assertThat(ran.out())
                        .isEqualTo(
                                "{\"event\":\"message\",\"id\":\"e-2\",\"data\":{\"state\":\"FAILED\",\"id\":\"msg_2\"}}\n");
                assertThat(server.asked.get(0).target()).isEqualTo("/api/v1/events?types=message");
            }
        }
    }

    @Nested
    class The_command_line {

        @Test
        void tells_a_wrong_token_from_a_service_that_is_away() throws Exception {
            Ran wrong = run(Map.of("DESKPOST_TOKEN", "secret-1"), "status");
            Ran away = run("status", "--url=http://127.0.0.1:1");
            Ran none = run(Map.of("DESKPOST_HOME", directory.toString()), "status");

            assertThat(wrong.exitCode()).isEqualTo(5);
            assertThat(wrong.err()).contains("DESKPOST_TOKEN", "[UNAUTHORIZED]").doesNotContain("secret-1");
            assertThat(away.exitCode()).isEqualTo(4);
            assertThat(away.err()).contains("nobody answers at http://127.0.0.1:1");
            assertThat(none.exitCode()).isEqualTo(5);
            assertThat(none.err()).contains(directory + "/token does not exist");
        }

        @Test
        void is_explained_and_slips_start_no_service() throws Exception {
            assertThat(run("--help").out()).contains("status", "send", "tail", "retry", "recipients", "Exit codes:");
            assertThat(run("help", "send").out()).contains("--idempotency-key");
            assertThat(run("--version").out()).matches("Deskpost \\d.*\n");
            assertThat(run("stauts"))
                    .returns(2, Ran::exitCode)
                    .satisfies(
                            ran -> assertThat(ran.err()).contains("there is no command 'stauts'", "deskpost status"));
            assertThat(run("status", "--tokn=secret-1"))
                    .returns(2, Ran::exitCode)
                    .satisfies(ran -> assertThat(ran.err()).contains("--tokn").doesNotContain("secret-1"));
        }
    }

    private List<String> messages() {
        return api.get("/api/v1/messages").jsonPath().getList("messages.state");
    }

    private Ran run(String... arguments) throws Exception {
        return end(start(arguments));
    }

    private Ran run(Map<String, String> environment, String... arguments) throws Exception {
        return end(start(environment, null, arguments));
    }

    private Ran runWith(String input, String... arguments) throws Exception {
        Process process = start(arguments);
        process.getOutputStream().write(input.getBytes(UTF_8));
        return end(process);
    }

    private Process start(String... arguments) throws IOException {
        return start(Map.of(), null, arguments);
    }

    /** In the locale of many scripts, and so that Ctrl-C works although the tests may run in the background. */
    private Process start(Map<String, String> more, Path out, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("DESKPOST_HOME", api.home().toString());
        builder.environment().put("DESKPOST_URL", "http://127.0.0.1:" + environment.getProperty("local.server.port"));
        builder.environment().putAll(more);
        if (out != null) {
            builder.redirectOutput(out.toFile());
        }
        return builder.start();
    }

    private static void interrupt(Process process) throws Exception {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** What they print is short: it fits into the pipes. */
    private static Ran end(Process process) throws Exception {
        try {
            process.getOutputStream().close();
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as("it ends within %s", LIMIT)
                    .isTrue();
            return new Ran(
                    process.exitValue(),
                    new String(process.getInputStream().readAllBytes(), UTF_8),
                    new String(process.getErrorStream().readAllBytes(), UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }
}
