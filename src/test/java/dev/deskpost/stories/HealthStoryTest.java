package dev.deskpost.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.notNullValue;

import com.zaxxer.hikari.HikariDataSource;
import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.RunningService;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** Supervisors, balancers and people ask how it is; none of them has a token. The desktop of this service does not exist. */
@RunningService
class HealthStoryTest {

    @Autowired
    Api api;

    @Value("${deskpost.home}")
    Path home;

    @Autowired
    HikariDataSource database;

    private ValidatableResponse health(String group) {
        return api.callWithoutToken().get("/actuator/health" + group).then();
    }

    @AfterEach
    void let_it_run() {
        api.post("/api/v1/queue/resume", "{}").then().statusCode(200);
    }

    @Test
    void a_supervisor_starts_it_anew_for_nothing_that_a_start_does_not_mend() {
        health("/liveness").statusCode(200).body("components.keySet()", equalTo(Set.of("livenessState")));
    }

    @Test
    void a_balancer_sends_messages_until_it_drains() {
        health("/readiness")
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("components.db.status", equalTo("UP"))
                .body("components.acceptance.details.mode", equalTo("RUNNING"));

        api.post("/api/v1/queue/drain", "{}").then().statusCode(200);

        health("/readiness").statusCode(503).body("components.acceptance.status", equalTo("OUT_OF_SERVICE"));
        health("/liveness").statusCode(200);
    }

    @Test
    void a_pause_stops_deliveries_and_nothing_else() {
        api.post("/api/v1/queue/pause", "{}").then().statusCode(200);

        health("/delivery")
                .statusCode(503)
                .body("components.processor.status", equalTo("OUT_OF_SERVICE"))
                .body("components.processor.details.state", equalTo("PAUSED"))
                .body("components.processor.details.reason", equalTo("somebody asked for it"));
        health("/readiness").statusCode(200);
        health("").statusCode(200).body("status", equalTo("OUT_OF_SERVICE"));
    }

    @Test
    void the_delivery_says_all_that_it_depends_on() {
        Map<String, Object> components =
                health("/delivery").statusCode(503).extract().path("components");
        assertThat(components).containsOnlyKeys("processor", "desktop", "station", "db", "diskSpace");
        health("/delivery")
                .body("components.processor.status", equalTo("UP"))
                .body("components.processor.details.state", equalTo("RUNNING"))
                .body("components.processor.details.startedAt", notNullValue())
                .body("components.processor.details.uptime", notNullValue())
                .body("components.processor.details.lastActivityAt", notNullValue())
                .body("components.diskSpace.details", hasKey("free"));
    }

    @Test
    void it_answers_at_once_also_while_the_database_lets_everybody_wait() throws SQLException {
        List<Connection> all = new ArrayList<>();
        try {
            for (int i = 0; i < database.getMaximumPoolSize(); i++) {
                all.add(database.getConnection());
            }
            for (String group : List.of("", "/liveness", "/readiness", "/delivery")) {
                health(group).time(lessThan(5_000L));
            }
        } finally {
            for (Connection one : all) {
                one.close();
            }
        }
    }

    @Test
    void nothing_in_it_tells_where_its_files_are() {
        assertThat(health("").extract().asString())
                .doesNotContain("path", home.toString(), home.getFileName().toString());
    }

    @Test
    void figures_are_for_those_who_have_the_token() {
        api.callWithoutToken().get("/actuator/metrics").then().statusCode(401);
        api.callWithoutToken().get("/actuator/prometheus").then().statusCode(401);
        api.get("/actuator/metrics").then().statusCode(200);
    }
}
