package dev.deskpost.problem;

import static dev.deskpost.fixtures.ProblemAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.RunningService;
import io.restassured.http.Method;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A misspelt parameter is an error at once, and never a default in silence. */
@RunningService
class KnownParametersTest {

    private static final String LISTED = "known are cursor, limit, recipient, sender, state";

    @Autowired
    Api api;

    private String message;

    @BeforeEach
    void somethingToAskFor() {
        api.addRecipient("agent-1");
        message = api.send("agent-1", "hello");
    }

    @ParameterizedTest
    @CsvSource({"STATE, FAILED", "foo, 1", "stat%65s, FAILED"})
    void that_nobody_knows_is_told_with_those_there_are(String name, String value) {
        assertThat(api.sendRaw("GET", "/api/v1/messages?" + name + "=" + value))
                .isProblem(422, "INVALID_FIELD")
                .about(name.replace("%65", "e"), "is no parameter of this call; " + LISTED);
    }

    @Test
    void of_which_there_are_none() {
        assertThat(api.get("/api/v1/queue?paused=true"))
                .isProblem(422, "INVALID_FIELD")
                .about("paused", "is no parameter of this call; it takes none");
    }

    @Test
    void several_are_told_together() {
        assertThat(api.get("/api/v1/messages?b&a=1&limit=5&limit=6"))
                .isProblem(422, "INVALID_FIELD")
                .about(
                        Map.of("field", "a", "detail", "is no parameter of this call; " + LISTED),
                        Map.of("field", "b", "detail", "is no parameter of this call; " + LISTED),
                        Map.of("field", "limit", "detail", "is given 2 times, expected once"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "POST, /api/v1/recipients/import?dryrun=true",
        "POST, /api/v1/queue/pause?for=5",
        "POST, /api/v1/messages?wait=10",
        "DELETE, /api/v1/recipients/agent-1?force=true",
        "PUT, /api/v1/recipients/agent-1?enabled=false"
    })
    void stops_what_would_write(Method method, String path) {
        assertThat(api.call()
                        .contentType("application/json")
                        .body("{\"window\":{\"title\":\"another\"}}")
                        .request(method, path))
                .isProblem(422, "INVALID_FIELD");

        assertThat(api.get("/api/v1/recipients/agent-1").<String>path("window.title"))
                .isEqualTo("^agent-1$");
        assertThat(api.get("/api/v1/queue").<Boolean>path("paused")).isFalse();
    }

    @Test
    void that_is_known_is_known_in_any_order_and_empty_too() {
        for (String query : new String[] {"limit=1&state=PENDING", "cursor=&sender=", "state=PENDING&"}) {
            assertThat(api.get("/api/v1/messages?" + query).statusCode())
                    .as(query)
                    .isEqualTo(200);
        }
        assertThat(api.get("/api/v1/messages/" + message + "?wait=0").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"types=message&types=alert", "types=message,alert&recipient=agent-1"})
    void may_be_repeated_where_several_are_meant(String query) {
        assertThat(api.call().head("/api/v1/events?" + query).statusCode()).isEqualTo(200);
        assertThat(api.get("/api/v1/events?" + query + "&types=nonsense"))
                .isProblem(422, "INVALID_FIELD")
                .about("types");
    }

    @Test
    void does_not_matter_to_hooks_which_get_the_same_answer_always() {
        assertThat(api.post("/api/v1/recipients/agent-1/hooks?foo=1", "{}").statusCode())
                .isEqualTo(204);
    }
}
