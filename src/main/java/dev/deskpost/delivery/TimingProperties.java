package dev.deskpost.delivery;

import dev.deskpost.delivery.AdaptiveTimeouts.Wait;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.stream.Stream;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code deskpost.delivery.timings.*}: between which bounds the learned limits stay. The floor keeps a quick desktop from
 * being given up on at its first hiccup; the ceiling is what a delivery waits at most, and before anything was measured.
 *
 * @param activateFloor shortest limit for a window to come to the top
 * @param focusFloor shortest limit for a window to get the focus
 * @param fetchFloor shortest limit for a program to fetch the text; any program may be busy for some seconds, and to give up
 *     too early costs a try
 * @param submitFloor shortest limit for the submit keys to be won against others; {@code race-limit} counts if it is longer
 * @param receiptFloor shortest limit for the recipient's own hook
 * @param inboxFloor shortest limit for the recipient's file, which an agent writes when it comes to it
 * @param keepInterval how often what was learned is written down for the next start, if there is news
 */
@Validated
@ConfigurationProperties("deskpost.delivery.timings")
public record TimingProperties(
        @DefaultValue("250ms") @NotNull @DurationMin(millis = 1)
        Duration activateFloor,

        @DefaultValue("5s") @NotNull @DurationMin(millis = 1)
        Duration activateCeiling,

        @DefaultValue("250ms") @NotNull @DurationMin(millis = 1)
        Duration focusFloor,

        @DefaultValue("5s") @NotNull @DurationMin(millis = 1)
        Duration focusCeiling,

        @DefaultValue("3s") @NotNull @DurationMin(millis = 1)
        Duration fetchFloor,

        @DefaultValue("15s") @NotNull @DurationMin(millis = 1)
        Duration fetchCeiling,

        @DefaultValue("1s") @NotNull @DurationMin(millis = 1)
        Duration submitFloor,

        @DefaultValue("10s") @NotNull @DurationMin(millis = 1)
        Duration submitCeiling,

        @DefaultValue("2s") @NotNull @DurationMin(millis = 1)
        Duration receiptFloor,

        @DefaultValue("60s") @NotNull @DurationMin(millis = 1)
        Duration receiptCeiling,

        @DefaultValue("10s") @NotNull @DurationMin(millis = 1)
        Duration inboxFloor,

        @DefaultValue("5m") @NotNull @DurationMin(millis = 1)
        Duration inboxCeiling,

        @DefaultValue("1m") @NotNull @DurationMin(millis = 10)
        Duration keepInterval) {

    @AssertTrue(message = "every floor must be at most its ceiling")
    boolean isEveryFloorBelowItsCeiling() {
        return Stream.of(Wait.values()).allMatch(wait -> floor(wait).compareTo(ceiling(wait)) <= 0);
    }

    Duration floor(Wait wait) {
        return switch (wait) {
            case ACTIVATE -> activateFloor;
            case FOCUS -> focusFloor;
            case FETCH -> fetchFloor;
            case SUBMIT -> submitFloor;
            case RECEIPT -> receiptFloor;
            case INBOX -> inboxFloor;
        };
    }

    Duration ceiling(Wait wait) {
        return switch (wait) {
            case ACTIVATE -> activateCeiling;
            case FOCUS -> focusCeiling;
            case FETCH -> fetchCeiling;
            case SUBMIT -> submitCeiling;
            case RECEIPT -> receiptCeiling;
            case INBOX -> inboxCeiling;
        };
    }
}
