package dev.deskpost.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.ProblemAssert;
import dev.deskpost.fixtures.RunningService;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Who wants another kind of answer than there is, and is told so, can rely on it that nothing was done. */
@RunningService
class ForeignAcceptTest {

    /** What each call would do something with; empty where it needs no body. */
    private static final Map<String, String> BODIES = Map.of(
            "POST /api/v1/messages", "{\"recipient\":\"agent-1\",\"content\":\"hello\"}",
            "POST /api/v1/messages/batch", "{\"messages\":[{\"recipient\":\"agent-1\",\"content\":\"hello\"}]}",
            "POST /api/v1/broadcasts", "{\"recipients\":\"*\",\"content\":\"hello\"}",
            "POST /api/v1/messages/retry", "{\"state\":\"FAILED\"}",
            "POST /api/v1/messages/{id}/resolve", "{\"delivered\":true}",
            "PUT /api/v1/recipients/{id}", "{\"window\":{\"title\":\"another\"}}",
            "POST /api/v1/recipients/import", "{\"agents\":{}}");

    /** They answer with nothing, so that there is no kind of answer to want. */
    private static final Set<String> WITHOUT_AN_ANSWER = Set.of("POST /api/v1/recipients/{id}/hooks");

    @Autowired
    Api api;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping routes;

    private String message;

    @BeforeEach
    void somethingToChange() {
        api.addRecipient("agent-1");
        message = api.send("agent-1", "hello");
    }

    @TestFactory
    Stream<DynamicTest> is_refused_by_every_writing_route_before_anything_is_done() {
        List<String> writing = writing().sorted().distinct().toList();
        assertThat(writing).as("routes").hasSizeGreaterThan(12).containsAll(BODIES.keySet());
        return writing.stream()
                .filter(route -> !WITHOUT_AN_ANSWER.contains(route))
                .map(route -> DynamicTest.dynamicTest(route, () -> {
                    Map<String, Object> before = everything();

                    Response answer = call(route);

                    ProblemAssert.assertThat(answer).isProblem(406, "NOT_ACCEPTABLE");
                    assertThat(everything()).isEqualTo(before);
                }));
    }

    private Response call(String route) {
        String[] parts = route.split(" ");
        String id = route.contains("/recipients/") ? "agent-1" : message;
        return api.call()
                .header("Accept", "text/html")
                .contentType("application/json")
                .body(BODIES.getOrDefault(route, ""))
                .request(parts[0], parts[1].replace("{id}", id));
    }

    private Stream<String> writing() {
        return routes.getHandlerMethods().keySet().stream()
                .flatMap(route -> paths(route).stream()
                        .filter(path -> path.startsWith("/api/"))
                        .flatMap(path -> route.getMethodsCondition().getMethods().stream()
                                .filter(method -> method != RequestMethod.GET && method != RequestMethod.HEAD)
                                .map(method -> method + " " + path)));
    }

    private static Set<String> paths(RequestMappingInfo route) {
        return route.getPathPatternsCondition() == null
                ? Set.of()
                : route.getPathPatternsCondition().getPatternValues();
    }

    /** But for what changes by itself. */
    private Map<String, Object> everything() {
        return Map.of(
                "recipients", api.get("/api/v1/recipients").asString(),
                "messages", api.get("/api/v1/messages").asString(),
                "paused", api.get("/api/v1/queue").path("paused"),
                "accepts",
                        api.callWithoutToken().get("/actuator/health/readiness").statusCode());
    }
}
