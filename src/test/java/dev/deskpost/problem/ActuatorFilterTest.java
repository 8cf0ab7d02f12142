package dev.deskpost.problem;

import static dev.deskpost.fixtures.ProblemAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Spring Boot's own addresses answer as the others do. */
@RunningService
class ActuatorFilterTest {

    @Autowired
    Api api;

    @ParameterizedTest
    @ValueSource(strings = {"Accept:", "Accept:  ", "X-Nothing: 1"})
    void without_a_kind_of_answer_that_is_wanted_there_is_the_usual_one(String header) {
        for (String path : new String[] {"prometheus", "metrics", "alerts"}) {
            assertThat(api.sendRaw("GET", "/actuator/" + path, header, "").status())
                    .as(path)
                    .isEqualTo(200);
        }
        assertThat(api.sendRaw("GET", "/actuator/health", header, "").contentType())
                .contains("json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/health/foo",
                "/actuator/health/delivery/foo",
                "/actuator/metrics/nope",
                "/actuator/metrics/deskpost.wait.limit?tag=wait:nope"
            })
    void what_is_not_there_is_told_in_words(String path) {
        assertThat(api.get(path)).isProblem(404, "NOT_FOUND").says("/actuator/metrics list what there is");
    }

    @Test
    void what_is_there_is_left_alone() {
        assertThat(api.get("/actuator/health/delivery").<String>path("status")).isEqualTo("OUT_OF_SERVICE");
        assertThat(api.get("/actuator/metrics/deskpost.wait.limit?tag=wait:fetch")
                        .statusCode())
                .isEqualTo(200);
    }
}
