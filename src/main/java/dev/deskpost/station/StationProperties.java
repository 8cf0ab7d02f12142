package dev.deskpost.station;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code deskpost.station} and {@code deskpost.station-lease}
 *
 * @param station the name of this station. Those that share a database and have the same name stand in for each other
 * @param stationLease for how long the station stays with a process that is not heard of; it says that it lives every third
 *     of it. Counts on PostgreSQL only: an H2 file is open in one process
 */
@Validated
@ConfigurationProperties("deskpost")
public record StationProperties(
        @DefaultValue("main") @NotNull @Pattern(regexp = ID_PATTERN)
        String station,

        @DefaultValue("15s") @NotNull @DurationMin(millis = 300)
        Duration stationLease) {

    /** What a name may be. */
    public static final String ID_PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
}
