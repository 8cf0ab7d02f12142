package dev.deskpost.delivery;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code deskpost.delivery.*}; how long single steps may take is learned, within {@link TimingProperties}
 *
 * @param pollInterval how often the loop looks for due messages by itself; an accepted message wakes it at once
 * @param retryDelays the pauses after the first, second, … try; the last one counts for all further
 * @param retryJitter by what share a pause is made longer or shorter at random, so that retries do not march in step
 * @param desktopPatience how long to wait for another holder of the desktop
 * @param desktopRetry the pause after a fault of the desktop itself, which costs no try
 * @param raceLimit for how long an attempt wins the focus back from others before it gives up
 * @param quietPeriod for how long the person at the desk must have touched neither keyboard nor mouse
 * @param presenceLimit how long messages wait for that without using up tries
 * @param doubtAfterTheft for how long after another program has taken the clipboard input boxes are read back before they
 *     are submitted
 * @param doubtAfterSilence the same for the windows of a program that did not fetch a text in time
 * @param minInterval the pause after each message that was submitted, whoever got it; recipients can have one of their own
 * @param stopLimit how long a running attempt may take to end when the service stops
 */
@Validated
@ConfigurationProperties("deskpost.delivery")
public record DeliveryProperties(
        @DefaultValue("5s") @NotNull @DurationMin(millis = 10)
        Duration pollInterval,

        @DefaultValue({"5s", "15s", "45s"}) @NotEmpty List<@NotNull @DurationMin(millis = 0) Duration> retryDelays,

        @DefaultValue("0.1") @DecimalMin("0.0") @DecimalMax("1.0")
        double retryJitter,

        @DefaultValue("5s") @NotNull @DurationMin(millis = 1)
        Duration desktopPatience,

        @DefaultValue("2s") @NotNull @DurationMin(millis = 10)
        Duration desktopRetry,

        @DefaultValue("5s") @NotNull @DurationMin(millis = 1)
        Duration raceLimit,

        @DefaultValue("1s") @NotNull @DurationMin(millis = 0)
        Duration quietPeriod,

        @DefaultValue("10m") @NotNull @DurationMin(millis = 0)
        Duration presenceLimit,

        @DefaultValue("10s") @NotNull @DurationMin(millis = 0)
        Duration doubtAfterTheft,

        @DefaultValue("60s") @NotNull @DurationMin(millis = 0)
        Duration doubtAfterSilence,

        @DefaultValue("0s") @NotNull @DurationMin(millis = 0)
        Duration minInterval,

        @DefaultValue("30s") @NotNull @DurationMin(millis = 0)
        Duration stopLimit) {}
