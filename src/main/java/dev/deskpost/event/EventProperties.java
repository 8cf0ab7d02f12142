package dev.deskpost.event;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code deskpost.events.*}
 *
 * @param kept so many events are kept for those who come back; a delivery makes about 15
 * @param maxStreams so many may listen at once; others are refused until one has left
 * @param heartbeat a stream on which nothing happens says after this time that it lives, and finds out whether anybody
 *     listens
 * @param lookInterval how often it is looked whether the processor or the desktop has changed, which nobody announces
 */
@Validated
@ConfigurationProperties("deskpost.events")
public record EventProperties(
        @DefaultValue("20000") @Min(100) @Max(1_000_000) int kept,
        @DefaultValue("50") @Min(1) @Max(1000) int maxStreams,

        @DefaultValue("15s") @NotNull @DurationMin(millis = 100)
        Duration heartbeat,

        @DefaultValue("1s") @NotNull @DurationMin(millis = 100)
        Duration lookInterval) {}
