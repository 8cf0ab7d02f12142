package dev.deskpost.access;

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
 * {@code deskpost.access.*}
 *
 * @param tokenFile holds the token that callers show; made on first start
 * @param signInFor for how long a browser stays signed in that has shown the token on the page
 * @param maxBody the longest request body that is read; the limit of a message's content is a matter of its own
 * @param maxBatchBody the same for the calls that take many messages or recipients at once
 * @param maxHookBody the same for the events of agents' hooks
 */
@Validated
@ConfigurationProperties("deskpost.access")
record AccessProperties(
        @NotNull Path tokenFile,

        @DefaultValue("14d") @NotNull @DurationMin(minutes = 1) @DurationMax(days = 365)
        Duration signInFor,

        @DefaultValue("1MB") @NotNull DataSize maxBody,
        @DefaultValue("8MB") @NotNull DataSize maxBatchBody,
        @DefaultValue("1MB") @NotNull DataSize maxHookBody) {}
