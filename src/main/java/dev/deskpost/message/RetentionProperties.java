package dev.deskpost.message;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code deskpost.retention.*}: how long finished messages are kept, with their attempts, counted from when they were
 * finished. What waits or is being delivered is never removed.
 *
 * @param batchSize how many are removed in one transaction
 * @param interval how often is looked for more
 */
@Validated
@ConfigurationProperties("deskpost.retention")
record RetentionProperties(
        @DefaultValue("30d") @NotNull @DurationMin(seconds = 1)
        Duration delivered,

        @DefaultValue("90d") @NotNull @DurationMin(seconds = 1)
        Duration failed,

        @DefaultValue("90d") @NotNull @DurationMin(seconds = 1)
        Duration unconfirmed,

        @DefaultValue("30d") @NotNull @DurationMin(seconds = 1)
        Duration cancelled,

        @DefaultValue("30d") @NotNull @DurationMin(seconds = 1)
        Duration expired,

        @DefaultValue("500") @Min(1) @Max(10_000) int batchSize,

        @DefaultValue("10m") @NotNull @DurationMin(seconds = 1)
        Duration interval) {

    /** How long a message in this final state is kept. */
    Duration of(MessageState state) {
        return switch (state) {
            case DELIVERED -> delivered;
            case FAILED -> failed;
            case UNCONFIRMED -> unconfirmed;
            case CANCELLED -> cancelled;
            case EXPIRED -> expired;
            case PENDING, PROCESSING -> throw new IllegalArgumentException(state + " is not final");
        };
    }
}
