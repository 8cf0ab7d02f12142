package dev.deskpost.monitoring.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StandardWrappingTest {

    private static final byte[] KEY = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    private final StandardWrapping wrapping = new StandardWrapping(Samples.JSON, KEY);

    @Test
    void signs_as_the_libraries_of_standard_webhooks_do() {
        assertThat(wrapping.signature("msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{\"test\": 2432232314}"))
                .isEqualTo("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void the_signature_is_over_the_id_the_time_of_the_try_and_the_body() throws Exception {
        Notification notification = Samples.firing("failure-rate");
        Parcel parcel = wrapping.wrap(notification, Samples.AT.plusSeconds(90));

        assertThat(parcel.headers()).containsEntry("webhook-id", notification.id());
        assertThat(parcel.headers()).containsEntry("webhook-timestamp", "1795287990");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        byte[] expected = mac.doFinal((notification.id() + ".1795287990." + parcel.body()).getBytes(UTF_8));
        assertThat(parcel.headers())
                .containsEntry("webhook-signature", "v1," + Base64.getEncoder().encodeToString(expected));
        assertThat(notification.id()).doesNotContain(".");
    }

    @Test
    void the_body_says_what_happened_and_when() {
        JsonNode body = Samples.JSON.readTree(wrapping.wrap(Samples.firing("failure-rate"), Samples.AT.plusSeconds(90))
                .body());
        assertThat(body).isEqualTo(Samples.JSON.readTree("""
                {"type":"alert.firing","timestamp":"2026-11-21T19:05:00Z","data":{"station":"main",
                 "rule":"failure-rate","state":"FIRING","value":0.02,"threshold":0.01,"unit":"ratio",
                 "since":"2026-11-21T19:05:00Z","summary":"4 of 200 messages failed in the last 15m"}}
                """));
        Notification resolved = Notification.of(Samples.changed("failure-rate", false, "all is well"), "main");
        assertThat(Samples.JSON
                        .readTree(wrapping.wrap(resolved, Samples.AT).body())
                        .at("/type")
                        .asString())
                .isEqualTo("alert.resolved");
    }
}
