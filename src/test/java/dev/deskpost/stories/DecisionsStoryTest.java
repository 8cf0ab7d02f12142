package dev.deskpost.stories;

import static dev.deskpost.fixtures.ProblemAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.Executor;
import dev.deskpost.fixtures.RunningService;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Somebody decides about messages: takes them back, has them tried again, says what became of them. */
@RunningService
class DecisionsStoryTest {

    @Autowired
    Api api;

    @Autowired
    Executor executor;

    @BeforeEach
    void twoAgents() {
        api.addRecipient("agent-1");
        api.addRecipient("agent-2");
    }

    @Test
    void somebody_takes_a_message_back_and_it_is_never_typed() {
        String first = api.send("agent-1", "wrong");
        String second = api.send("agent-1", "right");

        api.delete("/api/v1/messages/" + first)
                .then()
                .statusCode(200)
                .body("id", equalTo(first))
                .body("state", equalTo("CANCELLED"))
                .body("nextAttemptAt", equalTo(null))
                .body("finishedAt", notNullValue());

        assertThat(executor.delivers()).as("the next one in its lane").isEqualTo(second);
        assertThat(api.delete("/api/v1/messages/" + first))
                .isProblem(409, "WRONG_STATE")
                .says("is CANCELLED; only one that is PENDING can be cancelled");
        assertThat(api.delete("/api/v1/messages/" + second))
                .isProblem(409, "WRONG_STATE")
                .says("is DELIVERED");
    }

    @Test
    void somebody_opens_the_window_and_has_the_message_tried_again() {
        String id = api.send("agent-1", "hello");
        executor.fails("WINDOW_NOT_FOUND");

        api.post("/api/v1/messages/" + id + "/retry", "")
                .then()
                .statusCode(202)
                .body("id", equalTo(id))
                .body("state", equalTo("PENDING"))
                .body("attempts", equalTo(0))
                .body("finishedAt", equalTo(null))
                .body("nextAttemptAt", notNullValue());

        assertThat(executor.delivers()).isEqualTo(id);
        assertThat(api.post("/api/v1/messages/" + id + "/retry", ""))
                .isProblem(409, "WRONG_STATE")
                .says("is DELIVERED; only one that is FAILED or UNCONFIRMED can be tried again");
    }

    @Test
    void two_want_it_tried_again_at_once_and_it_is_tried_once() {
        for (int round = 0; round < 10; round++) {
            String id = api.send("agent-1", "hello");
            executor.fails("WINDOW_NOT_FOUND");

            List<Response> answers = atOnce(2, () -> api.post("/api/v1/messages/" + id + "/retry", ""));

            assertThat(answers).extracting(Response::statusCode).containsExactlyInAnyOrder(202, 409);
            assertThat(executor.delivers()).isEqualTo(id);
        }
    }

    @Test
    void somebody_looks_into_the_window_and_says_that_it_arrived() {
        String id = api.send("agent-1", "hello");
        executor.doubts();

        api.post("/api/v1/messages/" + id + "/resolve", "{\"delivered\":true}")
                .then()
                .statusCode(200)
                .body("state", equalTo("DELIVERED"))
                .body("failure", equalTo(null));

        assertThat(api.post("/api/v1/messages/" + id + "/resolve", "{\"delivered\":false}"))
                .isProblem(409, "WRONG_STATE")
                .says("is DELIVERED; only one that is UNCONFIRMED can be resolved");
    }

    @Test
    void somebody_looks_into_the_window_and_finds_nothing() {
        String id = api.send("agent-1", "hello");
        executor.doubts();

        api.post("/api/v1/messages/" + id + "/resolve", "{\"delivered\":false}")
                .then()
                .statusCode(200)
                .body("state", equalTo("FAILED"))
                .body("failure.code", equalTo("RESOLVED_NOT_DELIVERED"));
        api.post("/api/v1/messages/" + id + "/retry", "").then().statusCode(202);

        assertThat(executor.delivers()).isEqualTo(id);
    }

    @Test
    void after_a_bad_night_somebody_counts_first_and_then_has_all_tried_again() {
        List<String> failed = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            api.send(i == 1 ? "agent-2" : "agent-1", "number " + i);
            failed.add(executor.fails(i == 2 ? "FOCUS_LOST" : "WINDOW_NOT_FOUND"));
        }
        api.send("agent-1", "doubtful");
        String doubtful = executor.doubts();

        assertRetried("{\"dryRun\":true}", true, 3, 0, false);
        assertRetried("{\"dryRun\":true,\"limit\":2}", true, 2, 0, true);
        assertRetried("{\"dryRun\":true,\"limit\":3}", true, 3, 0, false);
        assertRetried("{\"dryRun\":true,\"recipient\":\"agent-1\"}", true, 2, 0, false);
        assertRetried("{\"dryRun\":true,\"failureCode\":\"FOCUS_LOST\"}", true, 1, 0, false);
        assertRetried("{\"dryRun\":true,\"sender\":\"nobody\"}", true, 0, 0, false);
        assertRetried("{\"dryRun\":true,\"acceptedAfter\":\"2100-01-01T00:00:00Z\"}", true, 0, 0, false);
        assertRetried("{\"dryRun\":true,\"acceptedBefore\":\"2000-01-01T00:00:00Z\"}", true, 0, 0, false);
        assertRetried(
                "{\"dryRun\":true,\"acceptedAfter\":\"" + acceptedAt(failed.get(1)) + "\",\"acceptedBefore\":\""
                        + acceptedAt(failed.get(2)) + "\"}",
                true,
                1,
                0,
                false);
        assertRetried("{\"limit\":1}", false, 1, 1, true);
        assertThat(state(failed.get(0))).as("the oldest first").isEqualTo("PENDING");
        assertRetried("{}", false, 2, 2, false);
        assertRetried("{}", false, 0, 0, false);
        assertThat(failed).extracting(this::state).containsOnly("PENDING");
        assertThat(state(doubtful)).as("it may have arrived").isEqualTo("UNCONFIRMED");
        assertRetried("{\"state\":\"UNCONFIRMED\",\"dryRun\":false}", false, 1, 1, false);
        assertThat(state(doubtful)).isEqualTo("PENDING");
    }

    @Test
    void two_have_all_tried_again_at_once_and_each_message_counts_for_one_of_them() {
        for (int i = 0; i < 20; i++) {
            api.send("agent-1", "number " + i);
            executor.fails("WINDOW_NOT_FOUND");
        }

        List<Response> answers = atOnce(2, () -> api.post("/api/v1/messages/retry", "{}"));

        assertThat(answers.stream().mapToInt(answer -> answer.path("retried")).sum())
                .isEqualTo(20);
    }

    private void assertRetried(String filter, boolean dryRun, int matched, int retried, boolean more) {
        api.post("/api/v1/messages/retry", filter)
                .then()
                .statusCode(200)
                .body("dryRun", equalTo(dryRun))
                .body("matched", equalTo(matched))
                .body("retried", equalTo(retried))
                .body("more", equalTo(more));
    }

    private String state(String id) {
        return api.get("/api/v1/messages/" + id).path("state");
    }

    private String acceptedAt(String id) {
        return api.get("/api/v1/messages/" + id).path("acceptedAt");
    }

    private static List<Response> atOnce(int callers, Supplier<Response> call) {
        List<CompletableFuture<Response>> calls = IntStream.range(0, callers)
                .mapToObj(i -> CompletableFuture.supplyAsync(call))
                .toList();
        return calls.stream().map(CompletableFuture::join).toList();
    }
}
