package dev.deskpost.desktop;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code deskpost.desktop.*}
 *
 * @param display the X display to deliver to; by default what the environment variable {@code DISPLAY} says
 * @param replyLimit how long the display server may take for one answer before the connection counts as broken
 * @param robotStartLimit how long the process around {@code java.awt.Robot} may take to start
 * @param clipboardLinger how long a pasted text stays readable for its window after the delivery has gone on
 */
@Validated
@ConfigurationProperties("deskpost.desktop")
public record DesktopProperties(
        @Nullable String display,

        @DefaultValue("5s") @NotNull @DurationMin(millis = 100)
        Duration replyLimit,

        @DefaultValue("30s") @NotNull @DurationMin(millis = 100)
        Duration robotStartLimit,

        @DefaultValue("2s") @NotNull @DurationMin(millis = 0)
        Duration clipboardLinger) {}
