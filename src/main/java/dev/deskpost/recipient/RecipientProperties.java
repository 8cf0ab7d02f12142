package dev.deskpost.recipient;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code deskpost.recipient.*}
 *
 * @param importPatience how long an import waits for another holder of the desktop, before it looks at the windows
 * @param importLimit the most agents that one import may name
 */
@Validated
@ConfigurationProperties("deskpost.recipient")
public record RecipientProperties(
        @DefaultValue("5s") @NotNull @DurationMin(millis = 1)
        Duration importPatience,

        @DefaultValue("1000") @Min(1) @Max(100_000) int importLimit) {}
