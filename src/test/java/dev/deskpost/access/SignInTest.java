package dev.deskpost.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.deskpost.desktop.InMemoryDesktop;
import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.RunningService;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** A browser that signs in, and what others could make it do. */
@RunningService
class SignInTest {

    @TestConfiguration
    static class Doubles {

        @Bean
        @Primary
        InMemoryDesktop inMemoryDesktop() {
            return new InMemoryDesktop();
        }
    }

    @Autowired
    Api api;

    private String own() {
        return "http://localhost:" + api.port();
    }

    /** As a browser sends a form; redirects are not followed. */
    private Response show(String token, String origin) {
        return api.callWithoutToken()
                .redirects()
                .follow(false)
                .header("Origin", origin)
                .formParam("token", token)
                .post("/sign-in");
    }

    private Cookie signedIn() {
        return cookieOf(show(api.token(), own()));
    }

    private static Cookie cookieOf(Response answer) {
        return answer.detailedCookies().asList().stream()
                .filter(cookie -> cookie.getName().startsWith("deskpost-"))
                .findFirst()
                .orElseThrow();
    }

    private RequestSpecification with(Cookie cookie) {
        return api.callWithoutToken().redirects().follow(false).cookie(cookie);
    }

    @Nested
    class Whoever_shows_the_token {

        @Test
        void gets_a_cookie_that_opens_the_page_and_the_api() {
            Cookie cookie = signedIn();
            assertThat(cookie.isHttpOnly()).isTrue();
            assertThat(cookie.getSameSite()).isEqualTo("Strict");
            assertThat(cookie.getPath()).isEqualTo("/");
            assertThat(cookie.getMaxAge()).isEqualTo(14 * 24 * 3600L);
            assertThat(new String(Base64.getDecoder().decode(cookie.getValue()), StandardCharsets.UTF_8))
                    .doesNotContain(api.token());
            with(cookie).get("/").then().statusCode(200).body(containsString("Deskpost"));
            with(cookie).get("/ui/overview").then().statusCode(200);
            with(cookie).get("/api/v1/queue").then().statusCode(200);
        }

        @Test
        void may_have_copied_a_line_end_with_it() {
            assertThat(cookieOf(show(api.token() + "\n", own())).getValue()).isNotEmpty();
        }

        @Test
        void is_sent_to_the_page() {
            show(api.token(), own()).then().statusCode(302).header("Location", equalTo("/"));
        }

        @Test
        void has_no_session_here() {
            assertThat(with(signedIn()).get("/").detailedCookies().asList()).isEmpty();
        }

        @Test
        void signs_out() {
            Response out = with(signedIn()).header("Origin", own()).post("/sign-out");
            out.then().statusCode(302).header("Location", equalTo("/sign-in"));
            assertThat(cookieOf(out).getValue()).isEmpty();
            assertThat(cookieOf(out).getExpiryDate()).isInThePast();
        }
    }

    @Nested
    class Whoever_does_not {

        @ParameterizedTest
        @ValueSource(strings = {"", "wrong", "owner"})
        void gets_no_cookie(String token) {
            Response answer = show(token, own());
            answer.then().statusCode(302).header("Location", equalTo("/sign-in?wrong"));
            assertThat(answer.detailedCookies().asList())
                    .allSatisfy(cookie -> assertThat(cookie.getValue()).isEmpty());
        }

        @Test
        void is_shown_where_to_sign_in() {
            api.callWithoutToken()
                    .redirects()
                    .follow(false)
                    .get("/")
                    .then()
                    .statusCode(302)
                    .header("Location", equalTo("/sign-in"));
            api.callWithoutToken()
                    .get("/sign-in")
                    .then()
                    .statusCode(200)
                    .header("Content-Security-Policy", startsWith("default-src 'none'"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"/ui/overview", "/ui/messages", "/ui/events", "/ui/history", "/ui/../ui/overview"})
        void sees_no_part_of_the_page(String path) {
            assertThat(api.callWithoutToken().get(path).statusCode()).isIn(400, 401);
        }

        @Test
        void is_told_by_a_part_of_the_page_to_leave_it() {
            api.callWithoutToken()
                    .header("HX-Request", "true")
                    .get("/ui/overview")
                    .then()
                    .statusCode(401)
                    .header("HX-Redirect", equalTo("/sign-in"));
        }

        @Test
        void makes_no_cookie_of_their_own() {
            long expires = Instant.now().plusSeconds(3600).toEpochMilli();
            for (String forged : new String[] {
                "owner:" + expires + ":SHA256:" + "0".repeat(64),
                "owner:" + expires + ":MD5:" + "0".repeat(32),
                "owner:" + expires + ":FOO:" + "0".repeat(64),
                "owner:" + expires + ":" + "0".repeat(64),
                ":::",
                "owner",
                ""
            }) {
                String value =
                        Base64.getEncoder().withoutPadding().encodeToString(forged.getBytes(StandardCharsets.UTF_8));
                api.callWithoutToken()
                        .cookie(signedIn().getName(), value)
                        .get("/api/v1/queue")
                        .then()
                        .statusCode(401);
            }
        }

        @Test
        void may_not_send_a_long_form() {
            assertThat(show("x".repeat(100_000), own()).statusCode()).isIn(302, 400, 413);
        }
    }

    @Nested
    class A_foreign_page {

        @Test
        void signs_nobody_in_or_out() {
            show(api.token(), "http://localhost:1").then().statusCode(403);
            with(signedIn())
                    .header("Origin", "http://evil.example")
                    .post("/sign-out")
                    .then()
                    .statusCode(403);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://localhost:1",
                    "http://evil.example",
                    "null",
                    "http://localhost",
                    "file://",
                    "not a url"
                })
        void changes_nothing_by_the_cookie(String origin) {
            with(signedIn())
                    .header("Origin", origin)
                    .post("/api/v1/queue/pause")
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("FORBIDDEN"));
            api.get("/api/v1/queue").then().body("paused", equalTo(false));
        }

        @Test
        void that_does_not_say_where_it_comes_from_changes_nothing_either() {
            with(signedIn()).post("/api/v1/queue/pause").then().statusCode(403);
            with(signedIn()).delete("/api/v1/messages/x").then().statusCode(403);
        }

        @Test
        void signs_nobody_out_by_a_link_or_by_another_spelling() {
            with(signedIn()).get("/sign-out").then().statusCode(404);
            with(signedIn())
                    .urlEncodingEnabled(false)
                    .header("Origin", "http://evil.example")
                    .post("/sign%2Dout")
                    .then()
                    .statusCode(403);
        }

        /** As a browser does by itself that once gave a password to a proxy. */
        @Test
        void changes_nothing_behind_a_proxy_that_asks_for_a_password() {
            with(signedIn())
                    .header("Authorization", "Basic b3duZXI6c2VjcmV0")
                    .header("Origin", "http://evil.example")
                    .post("/api/v1/queue/pause")
                    .then()
                    .statusCode(403);
        }

        @Test
        void may_not_frame_the_page() {
            with(signedIn())
                    .get("/")
                    .then()
                    .header("X-Frame-Options", equalTo("DENY"))
                    .header("Content-Security-Policy", containsString("frame-ancestors 'none'"));
        }
    }

    @Nested
    class A_page_of_this_service {

        @Test
        void changes_what_it_likes() {
            with(signedIn())
                    .header("Origin", own())
                    .post("/api/v1/queue/resume")
                    .then()
                    .statusCode(200);
        }

        /** The proxy ends TLS: the page is of https, and the request of http. */
        @Test
        void may_be_behind_a_proxy() {
            with(signedIn())
                    .header("Origin", "https://localhost:" + api.port())
                    .post("/api/v1/queue/resume")
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void a_program_with_the_token_is_not_asked_where_it_comes_from() {
        api.call()
                .cookie(signedIn())
                .header("Origin", "http://evil.example")
                .post("/api/v1/queue/resume")
                .then()
                .statusCode(200);
    }
}
