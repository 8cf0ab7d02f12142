package dev.deskpost.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.RunningService;
import io.restassured.http.Cookie;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** What docs/configuration.md recommends to those who put a proxy with TLS before the service. */
@RunningService
@TestPropertySource(properties = "server.forward-headers-strategy=native")
class SignInBehindProxyTest {

    @Autowired
    Api api;

    private Cookie signIn(String scheme) {
        return api
                .callWithoutToken()
                .redirects()
                .follow(false)
                .header("Host", "desk.example")
                .header("Origin", scheme + "://desk.example")
                .header("X-Forwarded-Proto", scheme)
                .formParam("token", api.token())
                .post("/sign-in")
                .detailedCookies()
                .asList()
                .stream()
                .filter(cookie -> cookie.getName().startsWith("deskpost-"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_cookie_is_secure_where_the_browser_came_by_tls() {
        assertThat(signIn("https").isSecured()).isTrue();
        assertThat(signIn("http").isSecured()).isFalse();
    }
}
