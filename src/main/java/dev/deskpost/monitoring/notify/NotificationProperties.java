package dev.deskpost.monitoring.notify;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code deskpost.alerts.webhooks} and {@code deskpost.alerts.notifications}: who is told of alerts, and how often it is tried.
 */
@Validated
@ConfigurationProperties("deskpost.alerts")
record NotificationProperties(
        @DefaultValue @Size(max = 20, message = "must have at most {max} entries")
        List<@Valid Webhook> webhooks,

        @DefaultValue @Valid Notifications notifications) {

    /**
     * @param maxAttempts how often one is tried before it is given up
     * @param firstDelay the pause after the first try; it doubles with each further one
     * @param maxDelay the longest pause, also where the receiver asks for a longer one
     * @param jitter by what share a pause is made longer or shorter at random
     * @param queueLimit how many may wait for one webhook; then the oldest are dropped
     * @param stopLimit how long the end of the service waits for what is still to be sent
     */
    record Notifications(
            @DefaultValue("12") @Min(1) @Max(100) int maxAttempts,

            @DefaultValue("1s") @NotNull @DurationMin(millis = 1)
            Duration firstDelay,

            @DefaultValue("10m") @NotNull @DurationMin(millis = 1)
            Duration maxDelay,

            @DefaultValue("0.2") @DecimalMin("0.0") @DecimalMax("1.0")
            double jitter,

            @DefaultValue("100") @Min(1) @Max(10_000) int queueLimit,

            @DefaultValue("5s") @NotNull @DurationMin(millis = 0) @DurationMax(seconds = 25)
            Duration stopLimit) {}
}
