package dev.deskpost.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.deskpost.delivery.AdaptiveTimeouts;
import dev.deskpost.delivery.AdaptiveTimeouts.Wait;
import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.RunningService;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Somebody wonders why nothing arrives, and is told: the desktop of this service does not exist. */
@RunningService
class QueueStoryTest {

    @Autowired
    Api api;

    /** Nobody delivers here, so nobody measures: the test does. */
    @Autowired
    AdaptiveTimeouts timeouts;

    @BeforeEach
    void somebodyToWriteTo() {
        api.addRecipient("agent-1");
    }

    @Test
    void the_queue_says_why_nothing_is_delivered_and_no_try_is_spent() {
        String first = api.send("agent-1", "one");
        api.send("agent-1", "two");
        String acceptedAt = api.get("/api/v1/messages/" + first).path("acceptedAt");
        Instant before = Instant.now();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Instant.parse(queue().getString("processor.lastActivityAt")))
                        .as("the processor has looked at the queue")
                        .isAfter(before));

        JsonPath queue = queue();

        assertThat(queue.<String, Object>getMap("").keySet())
                .containsExactly(
                        "pending",
                        "processing",
                        "failed",
                        "unconfirmed",
                        "oldestPendingAt",
                        "paused",
                        "reason",
                        "processor",
                        "desktop",
                        "timings");
        assertThat(queue.getInt("pending")).isEqualTo(2);
        assertThat(queue.getInt("processing")).isZero();
        assertThat(queue.getInt("failed")).isZero();
        assertThat(queue.getInt("unconfirmed")).isZero();
        assertThat(queue.getString("oldestPendingAt")).isEqualTo(acceptedAt);
        assertThat(queue.getBoolean("paused")).isFalse();
        assertThat(queue.<String, Object>getMap("processor").keySet())
                .containsExactly("state", "startedAt", "lastActivityAt", "current");
        assertThat(queue.getString("processor.state")).isEqualTo("RUNNING");
        assertThat(Instant.parse(queue.getString("processor.startedAt"))).isBefore(before);
        assertThat(queue.<Object>get("processor.current")).isNull();
        assertThat(queue.<String, Object>getMap("desktop").keySet())
                .containsExactly("available", "kind", "display", "reason");
        assertThat(queue.getBoolean("desktop.available")).isFalse();
        assertThat(queue.getString("desktop.kind")).isEqualTo("x11");
        assertThat(queue.getString("desktop.display")).isEqualTo(":987");
        assertThat(queue.getString("desktop.reason")).contains(":987");
        assertThat(queue.getString("reason"))
                .as("why they wait")
                .isNotNull()
                .isEqualTo(queue.getString("desktop.reason"));

        api.get("/api/v1/messages/" + first)
                .then()
                .body("state", equalTo("PENDING"))
                .body("attempts", equalTo(0))
                .body("nextAttemptAt", equalTo(acceptedAt))
                .body("failure", equalTo(null));
        api.get("/api/v1/messages/" + first + "/attempts").then().body("attempts", equalTo(List.of()));
    }

    @Test
    void the_queue_says_how_long_each_wait_takes_and_may_take() {
        assertThat(queue().<String, Object>getMap("timings").keySet())
                .containsExactly("activate", "focus", "fetch", "submit", "receipt", "inbox");
        assertThat(queue().<String, Object>getMap("timings.receipt"))
                .as("nothing was measured yet: the ceiling")
                .containsExactly(entry("p95", null), entry("limit", "PT1M"));
        assertThat(meter("deskpost.wait.limit", "receipt")).isEqualTo(60);

        for (int i = 0; i < 10; i++) {
            timeouts.met(Wait.RECEIPT, Duration.ofSeconds(8));
        }

        Map<String, String> receipt = queue().getMap("timings.receipt");
        assertThat(Duration.parse(receipt.get("p95"))).isCloseTo(Duration.ofSeconds(8), Duration.ofMillis(100));
        assertThat(Duration.parse(receipt.get("limit"))).isCloseTo(Duration.ofSeconds(12), Duration.ofMillis(200));
        assertThat(meter("deskpost.wait.p95", "receipt")).isCloseTo(8, within(0.1));
        assertThat(meter("deskpost.wait.limit", "receipt")).isCloseTo(12, within(0.2));
    }

    /** In seconds. */
    private double meter(String name, String wait) {
        return api.get("/actuator/metrics/" + name + "?tag=wait:" + wait)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getDouble("measurements[0].value");
    }

    @Test
    void an_empty_queue_has_nothing_that_waits() {
        JsonPath queue = queue();

        assertThat(queue.getInt("pending")).isZero();
        assertThat(queue.<String, Object>getMap("")).containsEntry("oldestPendingAt", null);
    }

    @Test
    void a_message_that_nobody_can_deliver_expires_all_the_same() {
        String id = api.post("/api/v1/messages", """
                        {"recipient":"agent-1","content":"quick","expiresAt":"%s"}""".formatted(Instant.now().plusSeconds(3)))
                .then()
                .statusCode(202)
                .extract()
                .path("id");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> api.get("/api/v1/messages/" + id)
                        .then()
                        .body("state", equalTo("EXPIRED"))
                        .body("nextAttemptAt", equalTo(null))
                        .body("attempts", equalTo(0)));
        assertThat(queue().getInt("pending")).isZero();
    }

    @Test
    void its_health_says_so_too_without_calling_the_service_down() {
        Map<String, Object> desktop = api.callWithoutToken()
                .get("/actuator/health")
                .then()
                .statusCode(200)
                .extract()
                .path("components.desktop");

        assertThat(desktop).containsEntry("status", "OUT_OF_SERVICE");
        assertThat(desktop.get("details"))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, String.class))
                .containsEntry("kind", "x11")
                .containsEntry("display", ":987")
                .hasEntrySatisfying("reason", reason -> assertThat(reason).contains(":987"));
    }

    @Test
    void the_health_of_the_delivery_is_the_one_for_alarms() {
        api.callWithoutToken()
                .get("/actuator/health/delivery")
                .then()
                .statusCode(503)
                .body("status", equalTo("OUT_OF_SERVICE"))
                .body("components.db.status", equalTo("UP"));
    }

    private JsonPath queue() {
        return api.get("/api/v1/queue").then().statusCode(200).extract().jsonPath();
    }
}
