package dev.deskpost.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.deskpost.desktop.InMemoryDesktop;
import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.Executor;
import dev.deskpost.fixtures.RunningService;
import dev.deskpost.testing.Receiver;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Somebody does not want to look all day, and is told when something is wrong, and when it is well again. */
@RunningService
@TestPropertySource(
        properties = {
            "deskpost.alerts.interval=50ms",
            "deskpost.monitoring.refresh=100ms",
            "deskpost.alerts.unconfirmed.keep-firing-for=0s",
            "deskpost.alerts.misrouted.enabled=false"
        })
class AlertsStoryTest {

    private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Receiver PROGRAMS = new Receiver();
    private static final Receiver DISCORD = new Receiver();

    @TestConfiguration
    static class Doubles {

        @Bean
        @Primary
        InMemoryDesktop inMemoryDesktop() {
            return new InMemoryDesktop();
        }
    }

    @DynamicPropertySource
    static void webhooks(DynamicPropertyRegistry registry) {
        registry.add("deskpost.alerts.webhooks[0].url", () -> PROGRAMS.url("/told"));
        registry.add("deskpost.alerts.webhooks[0].secret", () -> "whsec_" + KEY);
        registry.add("deskpost.alerts.webhooks[0].allow-private-network", () -> "true");
        registry.add("deskpost.alerts.webhooks[1].url", () -> DISCORD.url("/api/webhooks/1/token-of-mine"));
        registry.add("deskpost.alerts.webhooks[1].format", () -> "discord");
        registry.add("deskpost.alerts.webhooks[1].allow-private-network", () -> "true");
    }

    @Autowired
    Api api;

    @Autowired
    Executor executor;

    @AfterAll
    static void close() {
        PROGRAMS.close();
        DISCORD.close();
    }

    @BeforeEach
    void nobody_delivers_but_the_test() {
        api.post("/api/v1/queue/pause", "").then().statusCode(200);
        api.addRecipient("agent-1");
    }

    @AfterEach
    void go_on() {
        api.post("/api/v1/queue/resume", "");
    }

    private JsonPath alerts() {
        return api.get("/actuator/alerts").then().statusCode(200).extract().jsonPath();
    }

    private Map<String, Object> alert(String rule) {
        return alerts().getMap("alerts.find { it.rule == '" + rule + "' }");
    }

    @Test
    void every_rule_says_where_it_stands() {
        JsonPath alerts = alerts();
        assertThat(alerts.<String, Object>getMap("").keySet()).containsExactly("alerts");
        assertThat(alerts.<String>getList("alerts.rule"))
                .containsExactlyInAnyOrder(
                        "failure-rate",
                        "retry-rate",
                        "failed-unhandled",
                        "processor-silent",
                        "oldest-pending",
                        "unconfirmed",
                        "misrouted",
                        "desktop-unavailable",
                        "database-unavailable");
        await().untilAsserted(
                        () -> assertThat(alert("retry-rate").get("evaluatedAt")).isNotNull());
        Map<String, Object> rate = alert("retry-rate");
        assertThat(rate.keySet())
                .containsExactlyInAnyOrder(
                        "rule",
                        "enabled",
                        "state",
                        "value",
                        "threshold",
                        "unit",
                        "for",
                        "keepFiringFor",
                        "since",
                        "evaluatedAt",
                        "summary");
        assertThat(rate)
                .containsEntry("state", "INACTIVE")
                .containsEntry("value", null)
                .containsEntry("threshold", 0.05f)
                .containsEntry("unit", "ratio")
                .containsEntry("for", "PT0S")
                .containsEntry("keepFiringFor", "PT5M");
        assertThat(Instant.parse((String) rate.get("since"))).isBefore(Instant.now());
        assertThat(alert("misrouted")).containsEntry("enabled", false).containsEntry("summary", "switched off");
    }

    @Test
    void the_token_is_needed() {
        api.callWithoutToken().get("/actuator/alerts").then().statusCode(401);
    }

    @Test
    void an_alert_fires_and_resolves_and_everybody_is_told() throws Exception {
        int before = PROGRAMS.got().size();
        int beforeInDiscord = DISCORD.got().size();
        api.send("agent-1", "hello");
        String id = executor.doubts();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(alert("unconfirmed"))
                        .containsEntry("state", "FIRING")
                        .containsEntry("value", 1f)
                        .containsEntry("unit", "messages"));

        api.post("/api/v1/messages/" + id + "/resolve", "{\"delivered\":true}")
                .then()
                .statusCode(200);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(alert("unconfirmed")).containsEntry("state", "INACTIVE"));

        List<Receiver.Got> told = PROGRAMS.awaitCalls(before + 2).subList(before, before + 2);
        assertThat(told)
                .extracting(got -> JsonPath.from(got.body()).getString("type"))
                .containsExactly("alert.firing", "alert.resolved");
        for (Receiver.Got got : told) {
            assertThat(got.headers().get("webhook-signature")).isEqualTo("v1," + signature(got));
            assertThat(got.body()).doesNotContain("hello", id);
        }
        assertThat(DISCORD.awaitCalls(beforeInDiscord + 2).subList(beforeInDiscord, beforeInDiscord + 2))
                .extracting(got -> JsonPath.from(got.body()).getString("content"))
                .containsExactly("Deskpost\\: unconfirmed is firing", "Deskpost\\: unconfirmed is resolved");
        api.get("/actuator/metrics/deskpost.alerts.notifications?tag=outcome:sent")
                .then()
                .statusCode(200)
                .body("measurements[0].statistic", equalTo("COUNT"));
    }

    @Test
    void no_address_and_no_secret_is_told() {
        for (String path : List.of("/actuator/alerts", "/actuator/health", "/actuator/metrics")) {
            assertThat(api.get(path).asString()).doesNotContain("token-of-mine", KEY, "localhost");
        }
    }

    /** As a receiver computes it, from what it got and the secret alone. */
    private static String signature(Receiver.Got got) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
        String signed =
                got.headers().get("webhook-id") + "." + got.headers().get("webhook-timestamp") + "." + got.body();
        return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }
}
