package dev.deskpost.stories;

import static dev.deskpost.fixtures.ProblemAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.RunningService;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Somebody has several messages and wants all of them accepted, or none. */
@RunningService
class BatchStoryTest {

    private static final String BATCH = "/api/v1/messages/batch";

    @Autowired
    Api api;

    @BeforeEach
    void twoAgents() {
        api.addRecipient("agent-1");
        api.addRecipient("agent-2");
    }

    @Test
    void all_are_accepted_in_their_order() {
        Response accepted = api.post(BATCH, """
                {"messages":[{"recipient":"agent-2","content":"one","priority":"urgent","metadata":{"n":1}},
                             {"recipient":"agent-1","content":"two","sender":"script"},
                             {"recipient":"agent-2","content":"three"}]}""");

        accepted.then().statusCode(202).contentType("application/json");
        JsonPath view = accepted.jsonPath();
        assertThat(view.getList("messages.content")).containsExactly("one", "two", "three");
        assertThat(view.getList("messages.state")).containsOnly("PENDING");
        for (int i = 0; i < 3; i++) {
            assertThat(api.get("/api/v1/messages/" + view.getString("messages[" + i + "].id"))
                            .jsonPath()
                            .<String, Object>getMap(""))
                    .isEqualTo(view.getMap("messages[" + i + "]"));
        }
        assertThat(api.get("/api/v1/messages").jsonPath().getList("messages.content"))
                .as("newest first")
                .containsExactly("three", "two", "one");
    }

    @Test
    void one_is_wrong_and_none_is_accepted_and_each_fault_is_named_by_its_index() {
        String messages = IntStream.range(0, 12)
                .mapToObj(i -> switch (i) {
                    case 2 -> "{\"recipient\":\"agent-7\",\"content\":\"hello\"}";
                    case 3 -> "{\"recipient\":\"agent-1\",\"content\":\"" + "a".repeat(65_537) + "\"}";
                    case 5 -> "null";
                    case 10 -> "{\"recipient\":\"agent-8\",\"content\":\"\",\"expiresAt\":\"2020-01-01T00:00:00Z\"}";
                    case 11 -> "{}";
                    default -> "{\"recipient\":\"agent-1\",\"content\":\"hello\"}";
                })
                .collect(Collectors.joining(","));

        assertThat(api.post(BATCH, "{\"messages\":[" + messages + "]}"))
                .isProblem(422, "INVALID_FIELD")
                .about(
                        fault(
                                "messages[2].recipient",
                                "is 'agent-7', and there is no such recipient: GET /api/v1/recipients lists those that"
                                        + " exist"),
                        fault("messages[3].content", "is longer than 65536 bytes of UTF-8"),
                        fault("messages[5]", "is null: a message is expected"),
                        fault("messages[10].content", "is empty"),
                        fault("messages[10].expiresAt", "is in the past: it would never be delivered"),
                        fault(
                                "messages[10].recipient",
                                "is 'agent-8', and there is no such recipient: GET /api/v1/recipients lists those that"
                                        + " exist"),
                        fault("messages[11].content", "is missing: what is the message?"),
                        fault("messages[11].recipient", "is missing: whom is the message for?"));
        assertThat(api.get("/api/v1/messages").jsonPath().getList("messages")).isEmpty();
    }

    @Test
    void five_hundred_are_a_batch_and_one_more_is_too_many() {
        assertThat(api.post(BATCH, batchOf(501, "hello")))
                .isProblem(422, "INVALID_FIELD")
                .about(
                        "messages",
                        "has 501 messages, and at most 500 are accepted at once; send them in several batches");

        List<String> ids = api.post(BATCH, batchOf(500, "a".repeat(10_000)))
                .then()
                .statusCode(202)
                .extract()
                .jsonPath()
                .getList("messages.id");

        assertThat(ids).hasSize(500).doesNotHaveDuplicates();
    }

    @Test
    void a_body_that_is_too_long_even_for_a_batch_is_not_read() {
        assertThat(api.post(BATCH, batchOf(130, "a".repeat(65_536))))
                .isProblem(413, "TOO_LARGE")
                .says("8388608 bytes")
                .aboutNoField();
    }

    private static String batchOf(int count, String content) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"recipient\":\"agent-1\",\"content\":\"" + content + "\"}")
                .collect(Collectors.joining(",", "{\"messages\":[", "]}"));
    }

    private static Map<String, String> fault(String field, String detail) {
        return Map.of("field", field, "detail", detail);
    }
}
