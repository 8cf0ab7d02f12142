package dev.deskpost.monitoring.alert;

import dev.deskpost.monitoring.alert.Rule.Timing;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.validation.annotation.Validated;

/**
 * {@code deskpost.alerts.*}: each rule has its {@code threshold}, and fires when the value is greater for as long as {@code
 * for} says; it is resolved when the value has been good for {@code keep-firing-for}. {@code enabled: false} switches one off.
 *
 * @param interval how often all of them are evaluated
 */
@Validated
@ConfigurationProperties("deskpost.alerts")
record AlertProperties(
        @DefaultValue("5s") @NotNull @DurationMin(millis = 10)
        Duration interval,

        @DefaultValue @Valid FailureRate failureRate,
        @DefaultValue @Valid RetryRate retryRate,
        @DefaultValue @Valid FailedUnhandled failedUnhandled,
        @DefaultValue @Valid ProcessorSilent processorSilent,
        @DefaultValue @Valid OldestPending oldestPending,
        @DefaultValue @Valid Unconfirmed unconfirmed,
        @DefaultValue @Valid Misrouted misrouted,
        @DefaultValue @Valid DesktopUnavailable desktopUnavailable,
        @DefaultValue @Valid DatabaseUnavailable databaseUnavailable) {

    /**
     * {@code failure-rate}: the share of the messages that ended in {@code window} and failed.
     *
     * @param minimum with fewer messages there is no rate
     */
    record FailureRate(
            @DefaultValue("true") boolean enabled,

            @DefaultValue("0.01") @DecimalMin("0.0") @DecimalMax("1.0")
            double threshold,

            @DefaultValue("15m") @NotNull @DurationMin(minutes = 1) @DurationMax(hours = 1)
            Duration window,

            @DefaultValue("20") @Min(1) long minimum,

            @Name("for") @DefaultValue("0s") @NotNull @DurationMin(millis = 0)
            Duration pendingFor,

            @DefaultValue("5m") @NotNull @DurationMin(millis = 0)
            Duration keepFiringFor) {

        Timing timing() {
            return new Timing(enabled, pendingFor, keepFiringFor);
        }
    }

    /**
     * {@code retry-rate}: the share of the attempts in {@code window} that were not the first of their message.
     *
     * @param minimum with fewer attempts there is no rate
     */
    record RetryRate(
            @DefaultValue("true") boolean enabled,

            @DefaultValue("0.05") @DecimalMin("0.0") @DecimalMax("1.0")
            double threshold,

            @DefaultValue("15m") @NotNull @DurationMin(minutes = 1) @DurationMax(hours = 1)
            Duration window,

            @DefaultValue("20") @Min(1) long minimum,

            @Name("for") @DefaultValue("0s") @NotNull @DurationMin(millis = 0)
            Duration pendingFor,

            @DefaultValue("5m") @NotNull @DurationMin(millis = 0)
            Duration keepFiringFor) {

        Timing timing() {
            return new Timing(enabled, pendingFor, keepFiringFor);
        }
    }

    /**
     * {@code failed-unhandled}: for how long a FAILED message has waited for somebody to retry it.
     *
     * @param lookBack one that failed before that is not waited for any more: nobody wants it again
     */
    record FailedUnhandled(
            @DefaultValue("true") boolean enabled,

            @DefaultValue("5m") @NotNull @DurationMin(millis = 1)
            Duration threshold,

            @DefaultValue("24h") @NotNull @DurationMin(millis = 1)
            Duration lookBack,

            @Name("for") @DefaultValue("0s") @NotNull @DurationMin(millis = 0)
            Duration pendingFor,

            @DefaultValue("0s") @NotNull @DurationMin(millis = 0)
            Duration keepFiringFor) {

        Timing timing() {
            return new Timing(enabled, pendingFor, keepFiringFor);
        }
    }

    /**
     * {@code processor-silent}: how long ago the executor last did something. It looks for messages every {@code
     * deskpost.delivery.poll-interval}; below three times that the threshold means nothing, and counts as that.
     */
    record ProcessorSilent(
            @DefaultValue("true") boolean enabled,

            @DefaultValue("60s") @NotNull @DurationMin(millis = 1)
            Duration threshold,

            @Name("for") @DefaultValue("10s") @NotNull @DurationMin(millis = 0)
            Duration pendingFor,

            @DefaultValue("30s") @NotNull @DurationMin(millis = 0)
            Duration keepFiringFor) {

        Timing timing() {
            return new Timing(enabled, pendingFor, keepFiringFor);
        }
    }

    /**
     * {@code oldest-pending}: how long the oldest message has waited whose {@code deliverAfter} has come.
     */
    record OldestPending(
            @DefaultValue("true") boolean enabled,

            @DefaultValue("5m") @NotNull @DurationMin(millis = 1)
            Duration threshold,

            @Name("for") @DefaultValue("15s") @NotNull @DurationMin(millis = 0)
            Duration pendingFor,

            @DefaultValue("1m") @NotNull @DurationMin(millis = 0)
            Duration keepFiringFor) {

        Timing timing() {
            return new Timing(enabled, pendingFor, keepFiringFor);
        }
    }

    /**
     * {@code unconfirmed}: how many messages are UNCONFIRMED.
     */
    record Unconfirmed(
            @DefaultValue("true") boolean enabled,

            @DefaultValue("0") @Min(0) long threshold,

            @Name("for") @DefaultValue("0s") @NotNull @DurationMin(millis = 0)
            Duration pendingFor,

            @DefaultValue("30s") @NotNull @DurationMin(millis = 0)
            Duration keepFiringFor) {

        Timing timing() {
            return new Timing(enabled, pendingFor, keepFiringFor);
        }
    }

    /**
     * {@code misrouted}: how many texts other recipients have reported in {@code window}.
     */
    record Misrouted(
            @DefaultValue("true") boolean enabled,

            @DefaultValue("0") @Min(0) long threshold,

            @DefaultValue("1h") @NotNull @DurationMin(millis = 1)
            Duration window,

            @Name("for") @DefaultValue("0s") @NotNull @DurationMin(millis = 0)
            Duration pendingFor,

            @DefaultValue("0s") @NotNull @DurationMin(millis = 0)
            Duration keepFiringFor) {

        Timing timing() {
            return new Timing(enabled, pendingFor, keepFiringFor);
        }
    }

    /**
     * {@code desktop-unavailable}: whether there is no desktop to type on.
     */
    record DesktopUnavailable(
            @DefaultValue("true") boolean enabled,

            @Name("for") @DefaultValue("1m") @NotNull @DurationMin(millis = 0)
            Duration pendingFor,

            @DefaultValue("30s") @NotNull @DurationMin(millis = 0)
            Duration keepFiringFor) {

        Timing timing() {
            return new Timing(enabled, pendingFor, keepFiringFor);
        }
    }

    /**
     * {@code database-unavailable}: how old the figures of the queue are, which are read every {@code
     * deskpost.monitoring.refresh}; below three times that the threshold means nothing, and counts as that. Older ones are not
     * judged by: the alerts that are made from them stay as they are.
     */
    record DatabaseUnavailable(
            @DefaultValue("true") boolean enabled,

            @DefaultValue("60s") @NotNull @DurationMin(millis = 1)
            Duration threshold,

            @Name("for") @DefaultValue("15s") @NotNull @DurationMin(millis = 0)
            Duration pendingFor,

            @DefaultValue("30s") @NotNull @DurationMin(millis = 0)
            Duration keepFiringFor) {

        Timing timing() {
            return new Timing(enabled, pendingFor, keepFiringFor);
        }
    }
}
