package dev.deskpost.monitoring;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code deskpost.monitoring.*}
 *
 * @param refresh how often the figures of the queue are read from the database, whoever asks for them how often
 */
@Validated
@ConfigurationProperties("deskpost.monitoring")
public record MonitoringProperties(
        @DefaultValue("5s") @NotNull @DurationMin(millis = 100)
        Duration refresh) {}
