package dev.deskpost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deskpost.fixtures.AgentOffice;
import dev.deskpost.fixtures.DeskpostProcess;
import dev.deskpost.testing.SimulatedAgent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * What recipients prove, from the real hook scripts of simulated agents in terminals to the answer that a sender gets. What
 * arrived, and how often, is read from what the agents recorded.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReceiptsIT {

    private static final int MESSAGES = Integer.getInteger("deskpost.test.messages", 100);

    /** One is on its way or awaits its proof, and one waits behind it. */
    private static final int UNDER_WAY = 2;

    private static final String BY_RECEIPT = byReceipt("PT20S");
    private static final String SOON = byReceipt("PT1S");

    private AgentOffice office;
    private int tests;
    private String agent1;
    private String agent2;

    private static String byReceipt(String timeout) {
        return "\"confirmation\":{\"by\":\"receipt\",\"timeout\":\"%s\"}".formatted(timeout);
    }

    private static String byInbox(String timeout, String inbox) {
        return "\"inbox\":\"%s\",\"confirmation\":{\"by\":\"inbox\",\"timeout\":\"%s\"}".formatted(inbox, timeout);
    }

    @BeforeAll
    void open_the_office() {
        office = AgentOffice.open();
    }

    @AfterAll
    void close_it() {
        if (office != null) {
            office.close();
        }
    }

    @BeforeEach
    void give_names_that_nobody_had() {
        tests++;
        agent1 = "agent-" + tests + "-1";
        agent2 = "agent-" + tests + "-2";
    }

    @AfterEach
    void dismiss_the_agents() {
        office.dismissAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude-code", "cursor", "codex", "gemini-cli", "plain"})
    void every_agents_hooks_prove_each_message(String kind) {
        SimulatedAgent agent = hire(agent1, kind, BY_RECEIPT);
        String second = "Grüße, 日本 🙂\n\n  two lines \"more\"\nand a backslash \\";

        JsonNode one = office.awaitEnd(office.send(agent1, "Please review PR 17"));
        JsonNode two = office.awaitEnd(office.send(agent1, second));

        assertProved(one, "RECEIPT");
        assertProved(two, "RECEIPT");
        assertThat(agent.submitted()).containsExactly(pasted(one), pasted(two));
        office.awaitActivity(agent1, "IDLE");
    }

    @Test
    void a_file_proves_the_message_of_an_agent_without_hooks() {
        SimulatedAgent agent = hire(
                agent1,
                "inbox",
                byInbox("PT20S", agent1),
                "--inbox",
                made(office.inbox(agent1)).toString());

        JsonNode one = office.awaitEnd(office.send(agent1, "first"));
        JsonNode two = office.awaitEnd(office.send(agent1, "second"));

        assertProved(one, "INBOX");
        assertProved(two, "INBOX");
        assertThat(agent.submitted()).containsExactly(pasted(one), pasted(two));
    }

    @Test
    void a_file_that_was_there_before_proves_nothing_and_one_that_comes_late_does() throws IOException {
        Path inbox = made(office.inbox(agent1));
        hire(agent1, "inbox", byInbox("PT1.5S", agent1), "--inbox", inbox.toString(), "--silent");
        office.client().post("/queue/pause", "");
        String id = office.send(agent1, "first");
        Files.writeString(inbox.resolve("RECEIVED_" + id + ".md"), "before");
        office.client().post("/queue/resume", "");

        assertFailed(office.awaitEnd(id), "NOT_CONFIRMED", null);
        Files.writeString(inbox.resolve("GOT_" + id + "_LATE.md"), "after");

        assertProved(office.awaitState(id, "DELIVERED"), "INBOX");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--lose-tail", "--lose-head"})
    void an_agent_that_got_a_part_is_found_until_it_got_the_whole(String loses) {
        SimulatedAgent agent = hire(agent1, "claude-code", BY_RECEIPT, loses, "50");
        String content = "The beginning of a text of some length, which has a middle as well, and then an end.";

        JsonNode message = office.awaitEnd(office.send(agent1, content));

        assertFailed(message, "TRUNCATED", "TRUNCATED");
        assertThat(agent.submitted()).hasSize(1).doesNotContain(pasted(message));
        assertThat(office.reportPrompt(agent1, pasted(message))).isEqualTo(204);
        assertProved(office.awaitState(id(message), "DELIVERED"), "RECEIPT");
    }

    @Test
    void a_persons_draft_that_became_one_with_the_message_is_found() {
        SimulatedAgent agent = hire(agent1, "codex", BY_RECEIPT + ",\"draft\":\"ignore\"");
        office.type(agent, "half a thought ");
        await().until(() -> agent.strayKeys().size() == "half a thought ".length());

        JsonNode message = office.awaitEnd(office.send(agent1, "Please review PR 17"));

        assertFailed(message, "MERGED", "MERGED");
        assertThat(agent.submitted()).containsExactly("half a thought " + pasted(message));
    }

    @Test
    void a_text_that_another_recipient_got_is_found() {
        SimulatedAgent agent = hire(agent1, "codex", BY_RECEIPT, "--silent");
        office.register(agent2, BY_RECEIPT);
        String id = office.send(agent1, "Please review PR 17");
        await().until(() -> agent.submitted().size() == 1);

        office.reportPrompt(agent2, pasted(office.message(id)));

        assertFailed(office.awaitEnd(id), "MISROUTED", "MISROUTED");
    }

    @Test
    void silence_is_no_proof_and_only_a_real_receipt_ends_it() {
        SimulatedAgent agent = hire(agent1, "codex", SOON, "--silent");
        JsonNode silent = office.awaitEnd(office.send(agent1, "Please review PR 17"));
        assertFailed(silent, "NOT_CONFIRMED", null);
        String receipt = "{\"event\":\"received\",\"messageId\":\"" + id(silent) + "\"}";

        assertThat(office.report(agent1, receipt, "forged")).isEqualTo(401);
        for (String malformed : List.of("", "{", "[]", "{\"event\":\"received\"}", "{\"hook_event_name\":7}")) {
            assertThat(office.report(agent1, malformed)).as(malformed).isEqualTo(204);
        }
        assertThat(office.message(id(silent))).isEqualTo(silent);

        assertThat(office.report(agent1, receipt)).isEqualTo(204);
        JsonNode delivered = office.awaitState(id(silent), "DELIVERED");
        assertProved(delivered, "RECEIPT");

        assertThat(office.report(agent1, receipt)).isEqualTo(204);
        assertThat(office.reportPrompt(agent1, pasted(silent))).isEqualTo(204);
        assertThat(office.report(agent1, "{\"event\":\"idle\"}")).isEqualTo(204);
        office.awaitActivity(agent1, "IDLE");
        assertThat(office.message(id(silent))).isEqualTo(delivered);

        assertFailed(office.awaitEnd(office.send(agent1, "And PR 18")), "RECIPIENT_SILENT", null);
        assertThat(agent.submitted()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude-code", "codex", "gemini-cli", "plain"})
    void nothing_is_typed_into_a_dialog_that_enter_would_approve(String kind) {
        SimulatedAgent agent = hire(agent1, kind, BY_RECEIPT, "--permission-every", "1");
        SimulatedAgent other = hire(agent2, "plain", BY_RECEIPT);
        JsonNode first = office.awaitEnd(office.send(agent1, "first"));
        assertProved(first, "RECEIPT");
        office.awaitActivity(agent1, "BLOCKED");

        String waiting = office.send(agent1, "second");
        assertProved(office.awaitEnd(office.send(agent2, "for another")), "RECEIPT");
        JsonNode blocked = office.message(waiting);

        assertThat(blocked.get("state").asString()).isEqualTo("PENDING");
        assertThat(blocked.get("attempts").asInt()).isZero();
        assertThat(office.attempts(waiting)).isEmpty();
        assertThat(agent.asks()).isTrue();
        office.type(agent, "y");
        JsonNode second = office.awaitEnd(waiting);

        assertProved(second, "RECEIPT");
        assertThat(agent.submitted()).containsExactly(pasted(first), pasted(second));
        assertThat(answers(agent)).startsWith("asked", "y").doesNotContain("enter");
        assertThat(agent.events("pasted"))
                .noneMatch(paste -> paste.get("intoDialog").asBoolean());
        assertThat(agent.strayKeys()).isEmpty();
        assertThat(other.submitted()).hasSize(1);
    }

    private static List<String> answers(SimulatedAgent agent) {
        return agent.events("permission").stream()
                .map(event -> event.get("answer").asString())
                .toList();
    }

    @Test
    void a_message_for_an_idle_agent_waits_until_it_is() {
        SimulatedAgent agent = hire(agent1, "claude-code", BY_RECEIPT + ",\"deliverWhen\":\"idle\"", "--busy", "2");
        String first = office.send(agent1, "first");
        String second = office.send(agent1, "second");

        assertProved(office.awaitEnd(first), "RECEIPT");
        assertProved(office.awaitEnd(second), "RECEIPT");

        assertThat(agent.submitted()).hasSize(2);
        List<Long> times = agent.events("prompt").stream()
                .map(event -> event.get("epochMicros").asLong())
                .toList();
        assertThat(Duration.ofNanos(1_000 * (times.get(1) - times.get(0)))).isGreaterThan(Duration.ofSeconds(2));
    }

    @Test
    void who_has_no_window_gets_a_file() throws IOException {
        office.client().put("/recipients/" + agent1, "{\"inbox\":\"" + agent1 + "\"}");

        assertWritten(office.awaitEnd(office.send(agent1, "Please review PR 17")), office.inbox(agent1));
    }

    @Test
    void who_has_no_window_gets_a_file_also_without_a_desktop(@TempDir Path folder) throws IOException {
        Path inboxes = folder.resolve("inboxes");
        try (DeskpostProcess service =
                DeskpostProcess.startWithoutDesktop(folder.resolve("home"), "--deskpost.inbox.root=" + inboxes)) {
            service.client().put("/recipients/agent-1", "{\"inbox\":\"a-1\"}");
            String id = service.client().send("agent-1", "Please review PR 17");

            JsonNode message = service.client().get("/messages/" + id + "?wait=20");

            assertWritten(message, inboxes.resolve("a-1"));
        }
    }

    @Test
    void a_message_whose_window_is_not_there_ends_in_the_inbox() throws IOException {
        office.register(
                agent1,
                BY_RECEIPT
                        + ",\"inbox\":\"%s\",\"retry\":{\"maxAttempts\":2,\"delays\":[\"PT0.1S\"]}".formatted(agent1));

        JsonNode message = office.awaitEnd(office.send(agent1, "Please review PR 17"));

        assertWritten(message, office.inbox(agent1));
        assertThat(office.attempts(id(message)))
                .hasSize(2)
                .allMatch(
                        attempt -> attempt.get("failure").get("code").asString().equals("WINDOW_NOT_FOUND"));
    }

    private static void assertWritten(JsonNode message, Path inbox) throws IOException {
        assertThat(message.get("state").asString()).as("%s", message).isEqualTo("DELIVERED");
        assertThat(message.get("channel").asString()).as("%s", message).isEqualTo("INBOX");
        assertThat(message.get("evidence").isNull()).as("%s", message).isTrue();
        try (Stream<Path> files = Files.list(inbox)) {
            assertThat(files.toList()).singleElement().satisfies(file -> {
                assertThat(file.getFileName().toString()).startsWith("MESSAGE_").endsWith("_" + id(message) + ".md");
                assertThat(Files.readString(file))
                        .contains(id(message))
                        .endsWith(message.get("content").asString());
            });
        }
    }

    @Test
    void what_was_submitted_before_kill_9_is_awaited_after_it_and_never_submitted_again() throws IOException {
        String agent3 = "agent-" + tests + "-3";
        Map<String, SimulatedAgent> agents = new LinkedHashMap<>();
        agents.put(agent1, office.hire(agent1, "codex", byReceipt("PT10M"), "--silent"));
        for (String id : List.of(agent2, agent3)) {
            String inbox = made(office.inbox(id)).toString();
            agents.put(id, office.hire(id, "inbox", byInbox("PT10M", id), "--inbox", inbox, "--silent"));
        }
        office.awaitAgents();
        Map<String, String> messages = new LinkedHashMap<>();
        agents.keySet().forEach(id -> messages.put(id, office.send(id, "Please review PR 17")));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> agents.values().stream()
                        .allMatch(agent -> agent.submitted().size() == 1));

        office.killService();
        String whileAway = messages.get(agent2);
        Files.writeString(office.inbox(agent2).resolve("RECEIVED_" + whileAway + ".md"), "yes");
        office.startService();

        assertProved(office.awaitEnd(whileAway), "INBOX");
        for (String id : List.of(agent1, agent3)) {
            assertThat(office.message(messages.get(id)).get("state").asString()).isEqualTo("PROCESSING");
        }
        office.reportPrompt(agent1, pasted(office.message(messages.get(agent1))));
        Files.writeString(office.inbox(agent3).resolve("RECEIVED_" + messages.get(agent3) + ".md"), "yes");
        assertProved(office.awaitEnd(messages.get(agent1)), "RECEIPT");
        assertProved(office.awaitEnd(messages.get(agent3)), "INBOX");
        agents.forEach((id, agent) -> {
            JsonNode message = office.message(messages.get(id));
            assertThat(agent.submitted()).containsExactly(pasted(message));
            assertThat(message.get("attempts").asInt()).isEqualTo(1);
            assertThat(agent.strayKeys()).isEmpty();
        });
    }

    @Test
    void of_many_messages_each_is_proved_and_none_comes_twice() {
        List<String> kinds = List.of("claude-code", "cursor", "codex", "gemini-cli");
        Map<String, SimulatedAgent> agents = new LinkedHashMap<>();
        kinds.forEach(kind -> agents.put("many-" + kind, office.hire("many-" + kind, kind, BY_RECEIPT)));
        office.awaitAgents();
        Map<String, List<JsonNode>> ended = new LinkedHashMap<>();
        Instant start = Instant.now();
        List<CompletableFuture<Void>> senders = new ArrayList<>();
        agents.keySet().forEach(id -> {
            List<JsonNode> own = new ArrayList<>();
            ended.put(id, own);
            senders.add(CompletableFuture.runAsync(
                    () -> sendMany(id, MESSAGES / kinds.size(), own), task -> new Thread(task, id).start()));
        });
        senders.forEach(CompletableFuture::join);

        List<JsonNode> all = ended.values().stream().flatMap(List::stream).toList();
        List<Long> took = all.stream()
                .map(message -> Duration.between(time(message, "acceptedAt"), time(message, "finishedAt"))
                        .toMillis())
                .sorted()
                .toList();
        long confirmed = all.stream()
                .filter(message -> message.get("evidence").asString("").equals("RECEIPT"))
                .count();
        System.out.printf(
                "Receipts: %d of %d confirmed by the recipient in %.1f s, %d under way for each of %d agents; accepted to"
                        + " delivered: median %d ms, 99th percentile %d ms, longest %d ms%n",
                confirmed,
                all.size(),
                Duration.between(start, Instant.now()).toMillis() / 1000.0,
                UNDER_WAY,
                agents.size(),
                took.get(took.size() / 2),
                took.get((int) Math.ceil(took.size() * 0.99) - 1),
                took.get(took.size() - 1));
        assertThat(all).hasSize(MESSAGES / kinds.size() * kinds.size()).allSatisfy(one -> assertProved(one, "RECEIPT"));
        agents.forEach((id, agent) -> {
            assertThat(agent.submitted())
                    .containsExactlyElementsOf(
                            ended.get(id).stream().map(ReceiptsIT::pasted).toList());
            assertThat(agent.strayKeys()).isEmpty();
            assertThat(agent.emptySubmits()).isZero();
        });
    }

    private void sendMany(String recipient, int count, List<JsonNode> ended) {
        Queue<String> underWay = new ArrayDeque<>();
        IntStream.range(0, count).forEach(i -> {
            if (underWay.size() == UNDER_WAY) {
                ended.add(office.client().get("/messages/" + underWay.remove() + "?wait=30"));
            }
            underWay.add(office.send(recipient, "Message " + i + " to " + recipient + "\nPlease review PR " + i));
        });
        underWay.forEach(id -> ended.add(office.client().get("/messages/" + id + "?wait=30")));
    }

    private SimulatedAgent hire(String id, String kind, String settings, String... options) {
        SimulatedAgent agent = office.hire(id, kind, settings, options);
        office.awaitAgents();
        return agent;
    }

    private static Path made(Path inbox) {
        try {
            return Files.createDirectories(inbox);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant time(JsonNode message, String field) {
        return Instant.parse(message.get(field).asString());
    }

    private static String id(JsonNode message) {
        return message.get("id").asString();
    }

    /** By the template for those who have to name the message. */
    private static String pasted(JsonNode message) {
        return message.get("content").asString() + "\n\n[deskpost " + id(message) + "]";
    }

    private void assertProved(JsonNode message, String evidence) {
        assertThat(message.get("state").asString())
                .as(() -> office.told(id(message)))
                .isEqualTo("DELIVERED");
        assertThat(message.get("evidence").asString())
                .as(() -> office.told(id(message)))
                .isEqualTo(evidence);
        assertThat(message.get("channel").asString())
                .as(() -> office.told(id(message)))
                .isEqualTo("WINDOW");
        assertThat(message.get("verdict").isNull())
                .as(() -> office.told(id(message)))
                .isTrue();
        assertThat(message.get("failure").isNull())
                .as(() -> office.told(id(message)))
                .isTrue();
    }

    private void assertFailed(JsonNode message, String code, String verdict) {
        assertThat(message.get("state").asString())
                .as(() -> office.told(id(message)))
                .isEqualTo("UNCONFIRMED");
        assertThat(message.get("failure").get("code").asString())
                .as(() -> office.told(id(message)))
                .isEqualTo(code);
        assertThat(message.get("verdict").asString(null))
                .as(() -> office.told(id(message)))
                .isEqualTo(verdict);
    }
}
