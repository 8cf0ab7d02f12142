package dev.deskpost.access;

import static dev.deskpost.fixtures.ProblemAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.RunningService;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@RunningService
class AccessTest {

    @Autowired
    Api api;

    @Test
    void the_token_lies_in_the_home_for_its_owner_alone() throws Exception {
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(api.home().resolve("token"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(api.home())))
                .isEqualTo("rwx------");
    }

    @Nested
    class With_the_token {

        @Test
        void one_may_come_in() {
            api.get("/api/v1/queue").then().statusCode(200);
        }

        @Test
        void one_may_write_bearer_as_one_likes() {
            api.callWithoutToken()
                    .header("Authorization", "bearer " + api.token())
                    .get("/api/v1/queue")
                    .then()
                    .statusCode(200);
        }

        @Test
        void one_gets_no_cookie() {
            assertThat(api.get("/api/v1/queue").detailedCookies().asList()).isEmpty();
        }
    }

    @Nested
    class Without_the_token {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/nowhere",
                    "/error",
                    "/api/v1/messages",
                    "/api/v1/events",
                    "/sign-out-not",
                    "/uix",
                    "/api/v1/messages/x",
                    "/api/v1/messages/x/attempts",
                    "/api/v1/recipients",
                    "/api/v1/recipients/x",
                    "/api/v1/windows",
                    "/api/v1/queue",
                    "/actuator",
                    "/actuator/metrics",
                    "/actuator/prometheus",
                    "/actuator/alerts",
                    "/actuator/healthy"
                })
        void one_stays_outside_of_everything(String path) {
            for (Method method : new Method[] {Method.GET, Method.POST, Method.PUT, Method.DELETE}) {
                assertThat(api.callWithoutToken().request(method, path))
                        .isProblem(401, "UNAUTHORIZED")
                        .says("Authorization: Bearer TOKEN")
                        .says("~/.deskpost/token");
            }
        }

        @Test
        void one_is_told_what_it_was_about() {
            assertThat(api.callWithoutToken().get("/api/v1/messages/x").<String>path("instance"))
                    .isEqualTo("/api/v1/messages/x");
        }

        @Test
        void one_is_told_the_scheme_and_of_no_error() {
            assertThat(api.callWithoutToken().get("/api/v1/queue").header("WWW-Authenticate"))
                    .isEqualTo("Bearer realm=\"deskpost\"");
        }

        @Test
        void one_is_refused_before_the_body_is_read() {
            assertThat(api.callWithoutToken()
                            .contentType("application/json")
                            .body("nonsense")
                            .post("/api/v1/messages"))
                    .isProblem(401, "UNAUTHORIZED");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
        void one_may_ask_for_its_health(String path) {
            api.callWithoutToken().get(path).then().statusCode(200);
        }
    }

    @Nested
    class With_something_else {

        @ParameterizedTest
        @ValueSource(strings = {"Bearer wrong", "Bearer ", "Bearer two words", "Bearer ,", "Bearer \u00e9"})
        void a_wrong_token_is_called_wrong(String header) {
            Response response =
                    api.callWithoutToken().header("Authorization", header).get("/api/v1/queue");

            assertThat(response).isProblem(401, "UNAUTHORIZED");
            assertThat(response.header("WWW-Authenticate"))
                    .isEqualTo("Bearer realm=\"deskpost\", error=\"invalid_token\"");
        }

        @Test
        void a_part_of_the_token_is_not_enough() {
            assertThat(api.callWithoutToken()
                            .header("Authorization", "Bearer " + api.token().substring(1))
                            .get("/api/v1/queue"))
                    .isProblem(401, "UNAUTHORIZED");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Basic b3duZXI6dG9rZW4=", "Bearer", "nonsense", ""})
        void another_scheme_is_none(String header) {
            Response response =
                    api.callWithoutToken().header("Authorization", header).get("/api/v1/queue");

            assertThat(response).isProblem(401, "UNAUTHORIZED");
            assertThat(response.header("WWW-Authenticate")).startsWith("Bearer realm=\"deskpost\"");
        }

        @Test
        void the_token_in_the_address_does_not_count_because_addresses_are_logged() {
            assertThat(api.callWithoutToken()
                            .queryParam("access_token", api.token())
                            .get("/api/v1/queue"))
                    .isProblem(401, "UNAUTHORIZED");
        }

        @Test
        void the_token_in_a_form_does_not_count() {
            assertThat(api.callWithoutToken()
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .body("access_token=" + api.token())
                            .post("/api/v1/messages"))
                    .isProblem(401, "UNAUTHORIZED");
        }
    }
}
