package dev.deskpost.desktop;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
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
 * @param authority the file with the keys to the display; by default what {@code XAUTHORITY} says, or ~/.Xauthority
 * @param replyLimit how long the display server may take for one answer before the connection counts as broken
 * @param settle how long a window must have kept the focus before keys are pressed, and how long after keys the focus stays
 *     where it is: toolkits with several windows pass keys on to the one that they believe has the focus, which lags behind
 *     the display server's truth
 * @param activationRepeat after this time without any sign a window manager is asked again for the focus; it may have
 *     dropped the wish
 * @param lookAgain how often to ask the display server for a state whose change it tells nobody
 * @param robotStartLimit how long the process around {@code java.awt.Robot} may take to start
 * @param keys how keys are pressed: {@code atomic}, in one step with the check of the focus, or {@code robot}, by
 *     {@code java.awt.Robot} after that check
 * @param clipboardRead how long another program may take to hand over what it has on the clipboard, so that it can be put
 *     back
 * @param clipboardLinger how long a pasted text stays readable for its window after the delivery has gone on
 * @param putBackLimit how long a window manager may take to give the focus back to the window that had it, and a target
 *     that has read nothing is watched for taking it again
 * @param calibrate whether the desktop is measured on a window of our own when it was opened
 * @param calibrationLimit how long each step of that may take before it is given up
 */
@Validated
@ConfigurationProperties("deskpost.desktop")
public record DesktopProperties(
        @Nullable String display,
        @Nullable Path authority,

        @DefaultValue("5s") @NotNull @DurationMin(millis = 100)
        Duration replyLimit,

        @DefaultValue("5ms") @NotNull @DurationMin(millis = 0)
        Duration settle,

        @DefaultValue("30ms") @NotNull @DurationMin(millis = 1)
        Duration activationRepeat,

        @DefaultValue("1ms") @NotNull @DurationMin(millis = 1)
        Duration lookAgain,

        @DefaultValue("30s") @NotNull @DurationMin(millis = 100)
        Duration robotStartLimit,

        @DefaultValue("atomic") @NotNull Keys keys,

        @DefaultValue("2s") @NotNull @DurationMin(millis = 0)
        Duration clipboardLinger,

        @DefaultValue("500ms") @NotNull @DurationMin(millis = 1)
        Duration clipboardRead,

        @DefaultValue("250ms") @NotNull @DurationMin(millis = 1)
        Duration putBackLimit,

        @DefaultValue("true") boolean calibrate,

        @DefaultValue("1s") @NotNull @DurationMin(millis = 1)
        Duration calibrationLimit) {

    /** How keys are pressed. */
    public enum Keys {
        /** In one step with the check: nobody can move the focus in between. */
        ATOMIC,
        /** Checked before and after, for desktops that allow no more. */
        ROBOT
    }
}
