package dev.deskpost.stories;

import static dev.deskpost.fixtures.ProblemAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.Executor;
import dev.deskpost.fixtures.RunningService;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Somebody wants to know what became of a message, and does not want to ask again and again. */
@RunningService
class WaitingStoryTest {

    private static final String MESSAGES = "/api/v1/messages";
    private static final String HELLO = "{\"recipient\":\"agent-1\",\"content\":\"hello\"}";
    private static final Duration LONG = Duration.ofSeconds(20);

    @Autowired
    Api api;

    @Autowired
    Executor executor;

    @BeforeEach
    void somebodyToWriteTo() {
        api.addRecipient("agent-1");
    }

    @Test
    void the_answer_comes_when_the_message_is_delivered() {
        CompletableFuture<Response> answer = start(() -> post("wait=30"));
        await().atMost(LONG).until(() -> !listed().isEmpty());
        String id = executor.delivers();

        Response delivered = answer.join();

        delivered
                .then()
                .statusCode(202)
                .contentType("application/json")
                .header("Location", MESSAGES + "/" + id)
                .header("Preference-Applied", "wait=30")
                .body("id", equalTo(id))
                .body("state", equalTo("DELIVERED"))
                .body("evidence", equalTo("PASTE"));
        assertThat(delivered.time()).isLessThan(30_000);
    }

    @Test
    void the_time_is_up_and_the_answer_says_how_far_it_is() {
        Instant before = Instant.now();

        post("respond-async, wait=1;x=y")
                .then()
                .statusCode(202)
                .header("Preference-Applied", "wait=1")
                .body("state", equalTo("PENDING"));

        assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=-1", "wait=abc", "wait=1e9", "wait", "handling=strict", "await=5"})
    void a_preference_that_nobody_understands_is_ignored(String preference) {
        assertThat(post(preference).then().statusCode(202).extract().header("Preference-Applied"))
                .isNull();
    }

    @Test
    void nobody_waits_longer_than_a_minute() {
        CompletableFuture<Response> answer = start(() -> post("wait=1000000000"));
        await().atMost(LONG).until(() -> !listed().isEmpty());
        executor.fails("WINDOW_NOT_FOUND");

        answer.join().then().header("Preference-Applied", "wait=60").body("state", equalTo("FAILED"));
    }

    @Test
    void who_sends_again_with_the_same_key_waits_for_the_same_message() {
        String id = api.call()
                .header("Idempotency-Key", "key-1")
                .contentType("application/json")
                .body(HELLO)
                .post(MESSAGES)
                .path("id");
        executor.delivers();

        api.call()
                .header("Idempotency-Key", "key-1")
                .header("Prefer", "wait=30")
                .contentType("application/json")
                .body(HELLO)
                .post(MESSAGES)
                .then()
                .statusCode(202)
                .header("Preference-Applied", "wait=30")
                .body("id", equalTo(id))
                .body("state", equalTo("DELIVERED"));
    }

    @Test
    void a_message_that_was_sent_before_can_be_waited_for_as_well() {
        String id = api.send("agent-1", "hello");
        CompletableFuture<Response> answer = start(() -> api.get(MESSAGES + "/" + id + "?wait=30"));

        executor.delivers();

        answer.join().then().statusCode(200).body("state", equalTo("DELIVERED"));
        api.get(MESSAGES + "/" + id + "?wait=30").then().statusCode(200).body("state", equalTo("DELIVERED"));
    }

    @Test
    void who_has_the_message_already_is_told_only_what_is_new() {
        String id = api.send("agent-1", "hello");
        String tag = api.get(MESSAGES + "/" + id).header("ETag");
        assertThat(tag).matches("\"[0-9a-f]{32}\"");

        Response unchanged = getIfOther(tag, id, "");
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(unchanged.asString()).isEmpty();
        assertThat(unchanged.header("ETag")).isEqualTo(tag);
        assertThat(getIfOther("\"x\", W/" + tag, id, "").statusCode()).isEqualTo(304);
        assertThat(getIfOther("*", id, "").statusCode()).isEqualTo(304);
        assertThat(getIfOther("\"x\"", id, "").statusCode()).isEqualTo(200);
        assertThat(getIfOther("nonsense", id, "").statusCode()).isEqualTo(200);
        assertThat(getIfOther("nonsense", id, "?wait=30").statusCode()).isEqualTo(200);
        assertThat(getIfOther(tag, id, "?wait=1").statusCode())
                .as("after a second")
                .isEqualTo(304);

        CompletableFuture<Response> answer = start(() -> getIfOther(tag, id, "?wait=30"));
        executor.fails("WINDOW_NOT_FOUND");

        assertThat(answer.join().statusCode()).isEqualTo(200);
        String failed = answer.join().header("ETag");
        assertThat(failed).isNotEqualTo(tag);
        assertThat(answer.join().<String>path("state")).isEqualTo("FAILED");

        CompletableFuture<Response> next = start(() -> getIfOther(failed, id, "?wait=30"));
        api.post(MESSAGES + "/" + id + "/retry", "");

        assertThat(next.join().<String>path("state"))
                .as("a final one can change, too")
                .isEqualTo("PENDING");
    }

    @Test
    void hundreds_wait_and_the_service_still_answers_others() {
        String id = api.send("agent-1", "hello");
        var waiting = IntStream.range(0, 300)
                .mapToObj(i -> api.start("GET", MESSAGES + "/" + id + "?wait=50"))
                .toList();

        api.get("/api/v1/queue").then().statusCode(200);
        executor.delivers();

        assertThat(waiting).allSatisfy(each -> assertThat(each.join()).contains("\"DELIVERED\""));
    }

    @ParameterizedTest(name = "wait={0}")
    @CsvSource(delimiter = '|', textBlock = """
                    -1  | must be at least 0
                    abc | is 'abc', expected a whole number
                    1e9 | is '1e9', expected a whole number
                    1.5 | is '1.5', expected a whole number
                    """)
    void what_is_no_time_to_wait(String wait, String detail) {
        String id = api.send("agent-1", "hello");

        assertThat(api.call().queryParam("wait", wait).get(MESSAGES + "/" + id))
                .isProblem(422, "INVALID_FIELD")
                .about("wait", detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0"})
    void no_time_to_wait_is_none(String wait) {
        String id = api.send("agent-1", "hello");

        api.get(MESSAGES + "/" + id + "?wait=" + wait).then().statusCode(200).body("state", equalTo("PENDING"));
    }

    @Test
    void nobody_waits_for_a_message_that_does_not_exist() {
        assertThat(api.get(MESSAGES + "/msg_20261121_190500_1a2b3c4d?wait=30")).isProblem(404, "UNKNOWN_MESSAGE");
    }

    private Response post(String preference) {
        return api.call()
                .header("Prefer", preference)
                .contentType("application/json")
                .body(HELLO)
                .post(MESSAGES);
    }

    private Response getIfOther(String tag, String id, String parameters) {
        return api.call().header("If-None-Match", tag).get(MESSAGES + "/" + id + parameters);
    }

    private List<String> listed() {
        return api.get(MESSAGES).jsonPath().getList("messages.id");
    }

    private static CompletableFuture<Response> start(Supplier<Response> call) {
        return CompletableFuture.supplyAsync(call);
    }
}
