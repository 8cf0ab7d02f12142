package dev.deskpost.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.RunningService;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A person follows a link to the page that is old, or mistyped. */
@RunningService
class PageAddressTest {

    @Autowired
    Api api;

    @ParameterizedTest
    @ValueSource(strings = {"/?state=foo", "/ui/messages?state=foo", "/?before=foo", "/?state=", "/?state=failed"})
    void what_means_nothing_there_is_not_asked_for(String address) {
        api.addRecipient("agent-1");
        String id = api.send("agent-1", "hello");

        Response page = api.get(address);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.contentType()).startsWith("text/html");
        assertThat(page.asString()).contains(id);
    }

    @Test
    void what_is_counted_since_the_start_is_not_called_the_last_hour() {
        assertThat(api.get("/ui/overview").asString())
                .contains("Delivered, since the start", "Retries, since the start")
                .doesNotContain("last hour");
    }

    @Test
    void a_state_is_asked_for() {
        api.addRecipient("agent-1");
        String id = api.send("agent-1", "hello");

        assertThat(api.get("/?state=FAILED").asString()).doesNotContain(id);
        assertThat(api.get("/ui/messages?state=PENDING").asString()).contains(id);
    }
}
