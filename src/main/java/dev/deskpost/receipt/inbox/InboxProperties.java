package dev.deskpost.receipt.inbox;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code deskpost.inbox.*}
 *
 * @param root the directory beneath which all inboxes lie; made when the first message is written there
 * @param pollInterval how often the folders in which files are expected are listed, for what no event told of
 * @param maxExpected for how many messages files are expected at once; more are refused
 * @param temporaryKeep how old a file of a write that was cut off must be before it is cleared away
 */
@Validated
@ConfigurationProperties("deskpost.inbox")
public record InboxProperties(
        @NotNull Path root,

        @DefaultValue("1s") @NotNull @DurationMin(millis = 10)
        Duration pollInterval,

        @DefaultValue("10000") @Min(1) @Max(100_000) int maxExpected,

        @DefaultValue("10m") @NotNull @DurationMin(seconds = 1)
        Duration temporaryKeep) {}
