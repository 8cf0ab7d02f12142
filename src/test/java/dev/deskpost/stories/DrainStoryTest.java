package dev.deskpost.stories;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.RunningService;
import dev.deskpost.station.StationMode;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Somebody wants to move the service: no new messages, and what is queued still goes. */
@RunningService
class DrainStoryTest {

    @Autowired
    Api api;

    @Autowired
    StationMode station;

    @AfterEach
    void go_on() {
        api.post("/api/v1/queue/resume", "");
    }

    @Test
    void draining_goes_on_delivering_until_somebody_resumes() {
        api.post("/api/v1/queue/drain", "")
                .then()
                .statusCode(200)
                .body("paused", equalTo(false))
                .body("reason", containsString("drains"))
                .body("processor.state", equalTo("RUNNING"));
        api.post("/api/v1/messages", "{\"recipient\":\"agent-1\",\"content\":\"hello\"}")
                .then()
                .statusCode(503)
                .header("Retry-After", "30")
                .body("code", equalTo("DRAINING"))
                .body("detail", containsString("drain"));

        api.post("/api/v1/queue/resume", "").then().statusCode(200).body("reason", not(containsString("drain")));
        Assertions.assertThat(station.isDraining()).isFalse();
    }

    @Test
    void a_pause_ends_it_and_it_ends_a_pause() {
        api.post("/api/v1/queue/drain", "");
        api.post("/api/v1/queue/pause", "").then().body("paused", equalTo(true));
        Assertions.assertThat(station.isDraining()).isFalse();

        api.post("/api/v1/queue/drain", "").then().body("paused", equalTo(false));
        Assertions.assertThat(station.isDraining()).isTrue();
    }
}
