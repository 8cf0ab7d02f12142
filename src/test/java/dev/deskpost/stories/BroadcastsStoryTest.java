package dev.deskpost.stories;

import static dev.deskpost.fixtures.ProblemAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.Executor;
import dev.deskpost.fixtures.RunningService;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Somebody has one message for many. */
@RunningService
class BroadcastsStoryTest {

    private static final String BROADCASTS = "/api/v1/broadcasts";

    @Autowired
    Api api;

    @Autowired
    Executor executor;

    @Autowired
    JdbcTemplate database;

    @Test
    void those_who_are_named_get_it_and_the_sender_sees_what_became_of_each() {
        List.of("agent-1", "agent-2", "agent-3").forEach(api::addRecipient);
        api.send("agent-2", "something else");

        Response accepted = api.post(BROADCASTS, """
                {"recipients":["agent-3","agent-1"],"content":"Stop!","sender":"discord:alice","priority":"urgent",
                 "metadata":{"channel":"ops"}}""");

        accepted.then().statusCode(202).contentType("application/json");
        String id = accepted.path("id");
        assertThat(id).matches("bc_\\d{8}_\\d{6}_[0-9a-f]{8}");
        assertThat(accepted.header("Location")).isEqualTo(BROADCASTS + "/" + id);
        assertThat(accepted.jsonPath().getList("messages.recipient")).containsExactly("agent-3", "agent-1");
        List<String> ids = accepted.jsonPath().getList("messages.id");
        api.get("/api/v1/messages/" + ids.get(1))
                .then()
                .body("recipient", equalTo("agent-1"))
                .body("content", equalTo("Stop!"))
                .body("sender", equalTo("discord:alice"))
                .body("priority", equalTo("urgent"))
                .body("metadata", equalTo(Map.of("channel", "ops")));

        assertThat(executor.delivers()).isEqualTo(ids.get(0));
        assertThat(executor.fails("WINDOW_NOT_FOUND")).isEqualTo(ids.get(1));

        JsonPath shown =
                api.get(BROADCASTS + "/" + id).then().statusCode(200).extract().jsonPath();
        assertThat(shown.<String, Object>getMap("").keySet()).containsExactly("id", "acceptedAt", "totals", "messages");
        assertThat(shown.getString("id")).isEqualTo(id);
        assertThat(shown.getString("acceptedAt"))
                .isEqualTo(api.get("/api/v1/messages/" + ids.get(0)).path("acceptedAt"));
        assertThat(shown.<String, Integer>getMap("totals"))
                .isEqualTo(Map.of(
                        "PENDING",
                        0,
                        "PROCESSING",
                        0,
                        "DELIVERED",
                        1,
                        "FAILED",
                        1,
                        "UNCONFIRMED",
                        0,
                        "CANCELLED",
                        0,
                        "EXPIRED",
                        0));
        assertThat(shown.<String, Object>getMap("messages[0]").keySet())
                .containsExactly("recipient", "id", "state", "evidence", "failure", "finishedAt");
        assertThat(shown.getList("messages.state")).containsExactly("DELIVERED", "FAILED");
        assertThat(shown.getList("messages.evidence")).containsExactly("PASTE", null);
        assertThat(shown.getString("messages[1].failure.code")).isEqualTo("WINDOW_NOT_FOUND");
        assertThat(shown.getString("messages[0].failure")).isNull();
    }

    @Test
    void everybody_gets_it_except_those_who_take_no_messages_at_present() {
        api.addRecipient("agent-2");
        api.addRecipient("agent-1");
        api.put("/api/v1/recipients/agent-3", "{\"enabled\":false,\"window\":{\"title\":\"x\"}}");

        assertThat(api.post(BROADCASTS, "{\"recipients\":\"*\",\"content\":\"hello\"}")
                        .then()
                        .statusCode(202)
                        .extract()
                        .jsonPath()
                        .getList("messages.recipient"))
                .containsExactly("agent-1", "agent-2");
    }

    @Test
    void everybody_is_nobody() {
        assertThat(api.post(BROADCASTS, "{\"recipients\":\"*\",\"content\":\"hello\"}"))
                .isProblem(422, "INVALID_FIELD")
                .says("recipients is \"*\", and no recipient is enabled");
    }

    @Test
    void some_are_unknown_or_named_twice_and_nobody_gets_it() {
        api.addRecipient("agent-1");

        assertThat(api.post(BROADCASTS, "{\"recipients\":[\"agent-1\",\"agent-7\",\"agent-1\",5],\"content\":\"\"}"))
                .isProblem(422, "INVALID_FIELD")
                .about(
                        fault("content", "is empty"),
                        fault(
                                "recipients[1]",
                                "is 'agent-7', and there is no such recipient: GET /api/v1/recipients lists those that"
                                        + " exist"),
                        fault("recipients[2]", "is 'agent-1' again, as in recipients[0]"),
                        fault("recipients[3]", "is of another type, expected a text"));
        assertThat(api.get("/api/v1/messages").jsonPath().getList("messages")).isEmpty();
    }

    @Test
    void ten_thousand_get_it_and_one_more_is_too_many() {
        addRecipients(10_000);
        String named = IntStream.range(0, 10_001)
                .mapToObj(i -> "\"agent-" + i + "\"")
                .collect(Collectors.joining(",", "[", "]"));

        assertThat(api.post(BROADCASTS, "{\"recipients\":" + named + ",\"content\":\"hello\"}"))
                .isProblem(422, "INVALID_FIELD")
                .about(
                        "recipients",
                        "are 10001, and at most 10000 are written to at once; send it in several broadcasts");
        assertThat(api.post(BROADCASTS, "{\"recipients\":\"*\",\"content\":\"" + "a".repeat(7000) + "\"}"))
                .isProblem(413, "TOO_LARGE")
                .about(
                        "content",
                        "has 7000 bytes for 10000 recipients, and together that may be 67108864 at most; send it in"
                                + " several broadcasts");

        Response accepted = api.post(BROADCASTS, "{\"recipients\":\"*\",\"content\":\"hello\"}");

        accepted.then().statusCode(202).body("messages", hasSize(10_000));
        api.get(accepted.header("Location"))
                .then()
                .statusCode(200)
                .body("totals.PENDING", equalTo(10_000))
                .body("messages", hasSize(10_000));

        addRecipients(10_000, 10_001);
        assertThat(api.post(BROADCASTS, "{\"recipients\":\"*\",\"content\":\"hello\"}"))
                .isProblem(422, "INVALID_FIELD")
                .says("recipients are 10001");
    }

    private void addRecipients(int count) {
        addRecipients(0, count);
    }

    /** Past the API, which would make each durable on its own. */
    private void addRecipients(int from, int to) {
        List<Object[]> ids = IntStream.range(from, to)
                .mapToObj(i -> new Object[] {"agent-" + i})
                .toList();
        database.batchUpdate(
                "insert into recipient (id, enabled, settings, version, station)"
                        + " values (?, true, '{\"window\":{\"title\":\"x\"}}', 0, 'main')",
                ids);
        database.batchUpdate(
                "insert into lane (recipient, priority, pending, failed, unconfirmed, taken)"
                        + " values (?, 'NORMAL', 0, 0, 0, false)",
                ids);
    }

    private static Map<String, String> fault(String field, String detail) {
        return Map.of("field", field, "detail", detail);
    }
}
