package dev.deskpost.monitoring.notify;

import dev.deskpost.monitoring.alert.Alert;
import dev.deskpost.monitoring.alert.Alert.State;
import dev.deskpost.monitoring.alert.Alert.Unit;
import dev.deskpost.monitoring.alert.AlertChanged;
import dev.deskpost.monitoring.notify.NotificationProperties.Notifications;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Alerts and settings for tests. */
final class Samples {

    /** The base64 of 24 bytes, as the specification's own libraries test with it. */
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    static final Instant AT = Instant.parse("2026-11-21T19:05:00Z");
    static final JsonMapper JSON = new JsonMapper();

    private Samples() {}

    static AlertChanged changed(String rule, boolean firing, String summary) {
        return new AlertChanged(
                new Alert(
                        rule,
                        true,
                        firing ? State.FIRING : State.INACTIVE,
                        0.02,
                        0.01,
                        Unit.RATIO,
                        Duration.ZERO,
                        Duration.ofMinutes(5),
                        AT,
                        AT,
                        summary),
                firing ? State.PENDING : State.FIRING,
                false);
    }

    static Notification firing(String rule) {
        return Notification.of(changed(rule, true, "4 of 200 messages failed in the last 15m"), "main");
    }

    static Webhook webhook(String url, Webhook.Format format, Duration timeout) {
        return new Webhook(
                new Secret(url), format == Webhook.Format.STANDARD ? new Secret(SECRET) : null, format, true, timeout);
    }

    static Webhook webhook(String url, boolean allowPrivateNetwork) {
        return webhook(url, new Secret(SECRET), allowPrivateNetwork);
    }

    static Webhook webhook(String url, @Nullable Secret secret, boolean allowPrivateNetwork) {
        return new Webhook(
                new Secret(url), secret, Webhook.Format.STANDARD, allowPrivateNetwork, Duration.ofSeconds(10));
    }

    /** Tries again at once. */
    static Notifications quick(int maxAttempts, int queueLimit) {
        return new Notifications(
                maxAttempts, Duration.ofMillis(5), Duration.ofSeconds(10), 0, queueLimit, Duration.ofSeconds(5));
    }
}
