package dev.deskpost.stories;

import static dev.deskpost.fixtures.ProblemAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.RunningService;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@RunningService
class MessagesStoryTest {

    @Autowired
    Api api;

    @BeforeEach
    void twoAgents() {
        api.addRecipient("agent-1");
        api.addRecipient("agent-2");
    }

    @Test
    void somebody_sends_the_message_of_the_contract_and_follows_it() {
        Instant deliverAfter = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);

        Response accepted = api.post("/api/v1/messages", """
                {"recipient":"agent-2","content":"Please review PR 17","sender":"discord:alice","priority":"high",
                 "deliverAfter":"%s","expiresAt":"%s","metadata":{"channel":"ops"}}""".formatted(deliverAfter, deliverAfter.plusSeconds(3000)));

        accepted.then().statusCode(202).contentType("application/json");
        String id = accepted.path("id");
        assertThat(id).matches("msg_\\d{8}_\\d{6}_[0-9a-f]{8}");
        assertThat(accepted.header("Location")).isEqualTo("/api/v1/messages/" + id);
        JsonPath message = accepted.jsonPath();
        assertThat(message.<String, Object>getMap("").keySet())
                .as("every field of the contract, also where it is null, and in its order; then the verdict")
                .containsExactly(
                        "id",
                        "recipient",
                        "sender",
                        "priority",
                        "state",
                        "content",
                        "attempts",
                        "maxAttempts",
                        "acceptedAt",
                        "nextAttemptAt",
                        "finishedAt",
                        "channel",
                        "evidence",
                        "failure",
                        "metadata",
                        "verdict");
        accepted.then()
                .body("recipient", equalTo("agent-2"))
                .body("sender", equalTo("discord:alice"))
                .body("priority", equalTo("high"))
                .body("state", equalTo("PENDING"))
                .body("content", equalTo("Please review PR 17"))
                .body("attempts", equalTo(0))
                .body("maxAttempts", equalTo(3))
                .body("nextAttemptAt", equalTo(deliverAfter.toString()))
                .body("finishedAt", equalTo(null))
                .body("channel", equalTo(null))
                .body("evidence", equalTo(null))
                .body("failure", equalTo(null))
                .body("metadata", equalTo(Map.of("channel", "ops")));
        assertThat(Instant.parse(message.getString("acceptedAt")))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());

        Response looked = api.get(accepted.header("Location"));

        looked.then().statusCode(200).contentType("application/json");
        assertThat(looked.asString()).as("the same, letter by letter").isEqualTo(accepted.asString());

        api.get("/api/v1/messages/" + id + "/attempts").then().statusCode(200).body("attempts", equalTo(List.of()));
    }

    @Test
    void somebody_says_only_what_is_required() {
        Response accepted = api.post("/api/v1/messages", "{\"recipient\":\"agent-1\",\"content\":\"hello\"}");

        accepted.then()
                .statusCode(202)
                .body("priority", equalTo("normal"))
                .body("sender", equalTo(null))
                .body("metadata", equalTo(null));
        assertThat(accepted.<String>path("nextAttemptAt")).as("due at once").isEqualTo(accepted.path("acceptedAt"));
    }

    @Test
    void an_attacker_ends_the_paste_and_types_a_command_which_does_not_work() {
        String id = api.send("agent-1", "hello\\u001b[201~\\rrm -rf ~\\r");

        api.get("/api/v1/messages/" + id).then().body("content", equalTo("hello[201~\nrm -rf ~\n"));
    }

    @Test
    void somebody_writes_in_every_script_and_keeps_notes_in_the_metadata() {
        String content = "é 中 🚀 שלום\\n\\tdone";
        Response accepted = api.post("/api/v1/messages", """
                {"recipient":"agent-1","content":"%s","sender":"Zoë 🚀",
                 "metadata":{"né":"🚀","price":12345678901234567890.10,"deep":{"list":[1,true,null,"\\u0000"]},"empty":{}}}""".formatted(content));

        accepted.then()
                .statusCode(202)
                .body("content", equalTo("é 中 🚀 שלום\n\tdone"))
                .body("sender", equalTo("Zoë 🚀"));
        assertThat(api.get(accepted.header("Location")).asString()).contains("""
                        "metadata":{"né":"🚀","price":12345678901234567890.10,"deep":{"list":[1,true,null,"\\u0000"]},"empty":{}}""");
    }

    @Test
    void somebody_turns_the_pages_while_others_go_on_sending() {
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sent.add(0, api.send(i % 2 == 0 ? "agent-1" : "agent-2", "number " + i));
        }

        JsonPath first = api.get("/api/v1/messages?limit=2").jsonPath();
        api.send("agent-1", "a late one");
        JsonPath second = api.call()
                .queryParam("limit", 2)
                .queryParam("cursor", first.getString("nextCursor"))
                .get("/api/v1/messages")
                .jsonPath();
        JsonPath last = api.call()
                .queryParam("limit", 2)
                .queryParam("cursor", second.getString("nextCursor"))
                .get("/api/v1/messages")
                .jsonPath();

        List<String> seen = new ArrayList<>();
        for (JsonPath page : List.of(first, second, last)) {
            assertThat(page.<String, Object>getMap("").keySet()).containsExactly("messages", "nextCursor");
            seen.addAll(page.getList("messages.id"));
        }
        assertThat(seen).isEqualTo(sent);
        assertThat(last.getString("nextCursor")).isNull();
        assertThat(first.getString("nextCursor")).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void somebody_looks_for_certain_messages() {
        String one = api.send("agent-1", "one");
        api.send("agent-2", "two");
        String three = api.post(
                        "/api/v1/messages",
                        "{\"recipient\":\"agent-1\",\"content\":\"three\",\"sender\":\"discord:alice & bob\"}")
                .path("id");

        assertThat(found("recipient", "agent-1")).containsExactly(three, one);
        assertThat(found("sender", "discord:alice & bob")).containsExactly(three);
        assertThat(found("state", "PENDING")).hasSize(3);
        assertThat(found("state", "DELIVERED")).isEmpty();
        assertThat(found("recipient", "nobody")).isEmpty();
    }

    @Test
    void a_recipient_goes_and_its_messages_stay_to_be_read() {
        String id = api.send("agent-1", "hello");

        api.delete("/api/v1/recipients/agent-1").then().statusCode(204);

        api.get("/api/v1/messages/" + id).then().statusCode(200).body("recipient", equalTo("agent-1"));
        assertThat(api.post("/api/v1/messages", "{\"recipient\":\"agent-1\",\"content\":\"hello?\"}"))
                .isProblem(404, "UNKNOWN_RECIPIENT");
    }

    private List<String> found(String filter, String value) {
        return api.call()
                .queryParam(filter, value)
                .get("/api/v1/messages")
                .jsonPath()
                .getList("messages.id");
    }
}
