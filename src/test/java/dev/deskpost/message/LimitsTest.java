package dev.deskpost.message;

import static dev.deskpost.fixtures.ProblemAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.RunningService;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** What one caller may take of the service, where little is allowed. */
@RunningService
@DirtiesContext
@TestPropertySource(
        properties = {"deskpost.message.max-rate=1", "deskpost.message.max-burst=600", "deskpost.message.max-waiters=1"
        })
class LimitsTest {

    @Autowired
    Api api;

    @BeforeEach
    void somebodyToWriteTo() {
        api.addRecipient("agent-1");
    }

    @Test
    void a_second_caller_who_wants_to_wait_is_answered_at_once() {
        String id = api.send("agent-1", "hello");
        var waiting = api.start("GET", "/api/v1/messages/" + id + "?wait=50");
        Response answer;
        do { // Until the first has come in, and not second itself.
            if (waiting.isDone()) {
                waiting = api.start("GET", "/api/v1/messages/" + id + "?wait=50");
            }
            answer = api.call()
                    .header("Prefer", "wait=1")
                    .contentType("application/json")
                    .body("{\"recipient\":\"agent-1\",\"content\":\"hello\"}")
                    .post("/api/v1/messages");
        } while (answer.header("Preference-Applied") != null);

        answer.then().statusCode(202);

        api.delete("/api/v1/messages/" + id).then().statusCode(200);
        assertThat(waiting.join()).contains("\"CANCELLED\"");
    }

    @Test
    void who_sends_too_much_is_told_when_to_go_on() {
        String batch = "{\"messages\":["
                + "{\"recipient\":\"agent-1\",\"content\":\"hello\"},".repeat(499)
                + "{\"recipient\":\"agent-1\",\"content\":\"hello\"}]}";
        api.post("/api/v1/messages/batch", batch).then().statusCode(202);

        Response refused = api.post("/api/v1/messages/batch", batch);

        assertThat(refused)
                .isProblem(429, "TOO_FAST")
                .says("1 a second and 600 at once")
                .aboutNoField();
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 500);
        api.send("agent-1", "fewer still pass");
    }
}
