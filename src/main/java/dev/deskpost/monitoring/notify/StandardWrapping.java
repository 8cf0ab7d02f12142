package dev.deskpost.monitoring.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.deskpost.monitoring.alert.Alert;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/**
 * Standard Webhooks 1.0 (standardwebhooks.com) with its symmetric signature: HMAC-SHA256 over {@code id.timestamp.body}, in
 * base64 behind {@code v1,}. Each try has its own time, and so its own signature; the id stays.
 */
final class StandardWrapping implements Wrapping {

    private static final String ALGORITHM = "HmacSHA256";

    private final ObjectMapper json;
    private final SecretKeySpec key;

    StandardWrapping(ObjectMapper json, byte[] key) {
        this.json = json;
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** @param type {@code alert.firing} or {@code alert.resolved}; names are used by other programs */
    record Payload(String type, Instant timestamp, Data data) {}

    /** What is told of an alert. */
    record Data(
            String station,
            String rule,
            Alert.State state,
            @Nullable Double value,
            double threshold,
            Alert.Unit unit,
            Instant since,
            String summary) {}

    @Override
    public Parcel wrap(Notification notification, Instant now) {
        Alert alert = notification.alert();
        String body = json.writeValueAsString(new Payload(
                notification.firing() ? "alert.firing" : "alert.resolved",
                notification.at(),
                new Data(
                        notification.station(),
                        alert.rule(),
                        alert.state(),
                        alert.value(),
                        alert.threshold(),
                        alert.unit(),
                        alert.since(),
                        alert.summary())));
        String timestamp = Long.toString(now.getEpochSecond());
        return new Parcel(
                body,
                Map.of(
                        "webhook-id",
                        notification.id(),
                        "webhook-timestamp",
                        timestamp,
                        "webhook-signature",
                        "v1," + signature(notification.id() + "." + timestamp + "." + body)));
    }

    String signature(String signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
