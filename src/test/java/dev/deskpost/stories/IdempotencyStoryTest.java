package dev.deskpost.stories;

import static dev.deskpost.fixtures.ProblemAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.Doorman;
import dev.deskpost.fixtures.Executor;
import dev.deskpost.fixtures.RunningService;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A sender's connection breaks before the answer is there; with an Idempotency-Key the sender simply sends again. */
@RunningService
class IdempotencyStoryTest {

    private static final String MESSAGES = "/api/v1/messages";
    private static final String HELLO =
            "{\"recipient\":\"agent-1\",\"content\":\"hello\",\"metadata\":{\"a\":1,\"b\":2}}";

    @Autowired
    Api api;

    @Autowired
    Executor executor;

    @Autowired
    Doorman doorman;

    @BeforeEach
    void somebodyToWriteTo() {
        api.addRecipient("agent-1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    /api/v1/messages       | {"recipient":"agent-1","content":"hello 🚀"}
                    /api/v1/messages/batch | {"messages":[{"recipient":"agent-1","content":"hello"},{"recipient":"agent-1","content":"again"}]}
                    /api/v1/broadcasts     | {"recipients":"*","content":"hello"}
                    """)
    void who_sends_again_gets_the_first_answer_again_and_nothing_is_accepted_twice(String path, String body) {
        Response first = send("key-1", path, body);
        int accepted = count();
        executor.delivers();
        api.addRecipient("agent-2"); // Even where the same words would mean another message now.

        Response second = send("key-1", path, body);

        first.then().statusCode(202);
        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(second.contentType()).isEqualTo(first.contentType());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.asString()).as("letter by letter").isEqualTo(first.asString());
        assertThat(count()).isEqualTo(accepted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ \"content\" : \"hello\", \"recipient\" : \"agent-1\", \"metadata\":{\"b\":2,\"a\":1}}",
                "{\"recipient\":\"agent-1\",\"content\":\"\\u0068ello\",\"metadata\":{\"a\":1,\"b\":2},\"sender\":null}"
            })
    void the_same_in_other_letters_is_the_same(String again) {
        String first = send("key-1", MESSAGES, HELLO).asString();

        assertThat(send("key-1", MESSAGES, again).asString()).isEqualTo(first);
    }

    @Test
    void another_body_or_path_with_the_same_key_is_a_mistake() {
        send("key-1", MESSAGES, HELLO).then().statusCode(202);

        assertThat(send("key-1", MESSAGES, HELLO.replace("hello", "hello!")))
                .isProblem(422, "IDEMPOTENCY_KEY_REUSED")
                .says("'key-1' was used for another call");
        assertThat(send("key-1", MESSAGES + "/batch", "{\"messages\":[" + HELLO + "]}"))
                .isProblem(422, "IDEMPOTENCY_KEY_REUSED");
        assertThat(count()).isOne();
    }

    @Test
    void other_keys_are_other_messages() {
        send("key-1", MESSAGES, HELLO).then().statusCode(202);
        send("key-2", MESSAGES, HELLO).then().statusCode(202);
        send("KEY-1", MESSAGES, HELLO).then().statusCode(202);

        assertThat(count()).isEqualTo(3);
    }

    @Test
    void what_was_refused_can_be_mended_and_sent_with_the_same_key() {
        assertThat(send("key-1", MESSAGES, HELLO.replace("agent-1", "agent-2"))).isProblem(404, "UNKNOWN_RECIPIENT");
        assertThat(send("key-1", MESSAGES, HELLO.replace("hello", ""))).isProblem(422, "INVALID_FIELD");
        assertThat(send("key-1", MESSAGES, HELLO.replace("hello", "\\ud83d"))).isProblem(422, "INVALID_FIELD");
        try (var closed = doorman.close("maintenance", Duration.ofSeconds(7))) {
            assertThat(send("key-1", MESSAGES, HELLO)).isProblem(503, "DRAINING");
        }

        send("key-1", MESSAGES, HELLO).then().statusCode(202);
    }

    @Test
    void the_first_answer_is_given_again_also_while_nothing_is_accepted() {
        String first = send("key-1", MESSAGES, HELLO).asString();

        try (var closed = doorman.close("maintenance", Duration.ofMillis(1500))) {
            Response refused = send("key-2", MESSAGES, HELLO);
            assertThat(refused)
                    .isProblem(503, "DRAINING")
                    .says("no messages are accepted at present: maintenance; send it again later");
            assertThat(refused.header("Retry-After")).as("never too early").isEqualTo("2");
            assertThat(send("key-1", MESSAGES, HELLO).asString()).isEqualTo(first);
        }
    }

    @Test
    void ten_at_once_are_one_message_and_all_hear_of_it() {
        for (int round = 0; round < 5; round++) {
            String key = "round-" + round;

            List<String> answers = IntStream.range(0, 10)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> send(key, MESSAGES, HELLO)
                            .then()
                            .statusCode(202)
                            .extract()
                            .asString()))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .distinct()
                    .toList();

            assertThat(answers).hasSize(1);
            assertThat(count()).isEqualTo(round + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a\tb", "schlüssel"})
    void what_is_no_key(String key) {
        assertThat(send(key, MESSAGES, HELLO))
                .isProblem(422, "INVALID_FIELD")
                .about("Idempotency-Key", "must be 1 to 255 visible ASCII characters without blanks, such as a UUID");
        assertThat(count()).isZero();
    }

    @Test
    void the_longest_key_and_one_that_is_longer_and_two_of_them() {
        send("k".repeat(255), MESSAGES, HELLO).then().statusCode(202);

        assertThat(send("k".repeat(256), MESSAGES, HELLO))
                .isProblem(422, "INVALID_FIELD")
                .about("Idempotency-Key");
        assertThat(api.call()
                        .header("Idempotency-Key", "a", "b")
                        .contentType("application/json")
                        .body(HELLO)
                        .post(MESSAGES))
                .isProblem(422, "INVALID_FIELD")
                .about("Idempotency-Key", "is given 2 times: one is expected");
    }

    private Response send(String key, String path, String body) {
        return api.call()
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post(path);
    }

    private int count() {
        return api.get(MESSAGES).jsonPath().getList("messages").size();
    }
}
