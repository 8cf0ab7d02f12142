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
 * {@code deskpost.message.*}
 *
 * @param maxAttempts how often a message is tried before it has failed
 * @param idempotencyKeep for how long the answer to a call with an Idempotency-Key is kept; then the key is free again
 * @param maxWait the longest that a call is held because its caller wants to wait
 * @param maxWaiters how many calls are held at once; any more are answered at once
 * @param lookInterval how often the messages of held calls are looked at by themselves: another station finishes some, and
 *     tells nobody here
 * @param maxRate how many messages a second one caller may bring in in the long run
 * @param maxBurst how many messages one caller may bring in at once
 */
@Validated
@ConfigurationProperties("deskpost.message")
record MessageProperties(
        @DefaultValue("3") @Min(1) @Max(100) int maxAttempts,

        @DefaultValue("24h") @NotNull @DurationMin(seconds = 1)
        Duration idempotencyKeep,

        @DefaultValue("60s") @NotNull @DurationMin(seconds = 1)
        Duration maxWait,

        @DefaultValue("1000") @Min(0) int maxWaiters,

        @DefaultValue("1s") @NotNull @DurationMin(millis = 10)
        Duration lookInterval,

        @DefaultValue("1000") @Min(1) @Max(1_000_000) int maxRate,
        @DefaultValue("10000") @Min(1) @Max(1_000_000_000) int maxBurst) {}
