package dev.deskpost.monitoring;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * {@code deskpost.monitoring.*}
 *
 * @param refresh how often the figures of the queue are read from the database and the desktop is looked at, whoever asks
 *     for them how often
 * @param databaseLimit how old these figures may be before the database counts as down; at least three
 *     times {@code refresh}
 * @param heartbeatLimit for how long the executor may be silent before it counts as dead; at least three times {@code
 *     deskpost.delivery.poll-interval}
 * @param rateWindow over which time the shares of successes, failures and retries are taken, up to an hour
 * @param disk what must lie on a disk that has room: the directory of the database
 * @param diskFree how much room there must be
 */
@Validated
@ConfigurationProperties("deskpost.monitoring")
public record MonitoringProperties(
        @DefaultValue("5s") @NotNull @DurationMin(millis = 100)
        Duration refresh,

        @DefaultValue("30s") @NotNull @DurationMin(millis = 100)
        Duration databaseLimit,

        @DefaultValue("60s") @NotNull @DurationMin(millis = 100)
        Duration heartbeatLimit,

        @DefaultValue("15m") @NotNull @DurationMin(minutes = 1) @DurationMax(minutes = 60)
        Duration rateWindow,

        @NotNull Path disk,
        @DefaultValue("100MB") @NotNull DataSize diskFree) {

    private static final int TIMES = 3;

    /** A limit for the age of what is done at this interval: below three times that it means nothing, and counts as that. */
    public static Duration atLeastThree(Duration interval, Duration limit) {
        Duration least = interval.multipliedBy(TIMES);
        return limit.compareTo(least) < 0 ? least : limit;
    }
}
