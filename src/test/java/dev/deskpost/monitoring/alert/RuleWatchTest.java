package dev.deskpost.monitoring.alert;

import static dev.deskpost.monitoring.alert.Alert.State.FIRING;
import static dev.deskpost.monitoring.alert.Alert.State.INACTIVE;
import static dev.deskpost.monitoring.alert.Alert.State.PENDING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.HandClock;
import dev.deskpost.monitoring.alert.Alert.State;
import dev.deskpost.monitoring.alert.Alert.Unit;
import dev.deskpost.monitoring.alert.Reading.Elsewhere;
import dev.deskpost.monitoring.alert.Reading.Measured;
import dev.deskpost.monitoring.alert.Reading.Nothing;
import dev.deskpost.monitoring.alert.Reading.Unknown;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RuleWatchTest {

    private static final Reading BAD = new Measured(2, "bad");
    private static final Reading GOOD = new Measured(1, "good");
    private static final Reading UNKNOWN = new Unknown("away");

    private final HandClock clock = new HandClock();

    private RuleWatch watch(int pendingSeconds, int keepSeconds) {
        return new RuleWatch(
                new Rule(
                        "too-much",
                        Unit.MESSAGES,
                        1,
                        new Rule.Timing(true, Duration.ofSeconds(pendingSeconds), Duration.ofSeconds(keepSeconds)),
                        () -> GOOD),
                clock.instant());
    }

    private Optional<State> after(int seconds, RuleWatch watch, Reading reading) {
        return watch.take(reading, clock.pass(Duration.ofSeconds(seconds)))
                .map(change -> change.alert().state());
    }

    @Test
    void a_value_that_equals_the_threshold_is_good() {
        RuleWatch watch = watch(0, 0);
        assertThat(after(5, watch, GOOD)).isEmpty();
        assertThat(watch.alert().state()).isEqualTo(INACTIVE);
    }

    @Test
    void without_times_it_fires_and_resolves_at_once() {
        RuleWatch watch = watch(0, 0);
        assertThat(after(5, watch, BAD)).contains(FIRING);
        assertThat(after(5, watch, BAD)).as("once").isEmpty();
        assertThat(after(5, watch, GOOD)).contains(INACTIVE);
    }

    @Test
    void it_waits_for_as_long_as_for_says() {
        RuleWatch watch = watch(10, 0);
        assertThat(after(5, watch, BAD)).isEmpty();
        assertThat(watch.alert().state()).isEqualTo(PENDING);
        assertThat(after(9, watch, BAD)).isEmpty();
        assertThat(after(1, watch, BAD)).contains(FIRING);
        assertThat(watch.alert().since()).isEqualTo(clock.instant());
    }

    @Test
    void a_good_value_meanwhile_starts_for_anew() {
        RuleWatch watch = watch(10, 0);
        after(5, watch, BAD);
        assertThat(after(5, watch, GOOD)).as("nobody heard of it").isEmpty();
        assertThat(watch.alert().state()).isEqualTo(INACTIVE);
        after(1, watch, BAD);
        assertThat(after(9, watch, BAD)).isEmpty();
        assertThat(after(1, watch, BAD)).contains(FIRING);
    }

    @Test
    void it_fires_on_until_the_value_was_good_for_long_enough() {
        RuleWatch watch = watch(0, 60);
        after(5, watch, BAD);
        assertThat(after(5, watch, GOOD)).isEmpty();
        assertThat(watch.alert().state()).isEqualTo(FIRING);
        assertThat(after(59, watch, GOOD)).isEmpty();
        assertThat(after(1, watch, GOOD)).contains(INACTIVE);
    }

    @Test
    void a_value_that_goes_to_and_fro_does_not_make_the_alert_do_so() {
        RuleWatch watch = watch(0, 60);
        after(5, watch, BAD);
        long told = IntStream.range(0, 1000)
                .filter(round -> after(5, watch, round % 2 == 0 ? GOOD : BAD).isPresent())
                .count();
        assertThat(told).isZero();
        assertThat(watch.alert().state()).isEqualTo(FIRING);
        assertThat(watch.alert().since()).isEqualTo(HandClock.START.plusSeconds(5));
    }

    @Test
    void what_cannot_be_measured_changes_nothing() {
        RuleWatch firing = watch(0, 0);
        after(5, firing, BAD);
        assertThat(after(500, firing, UNKNOWN)).isEmpty();
        assertThat(firing.alert().state()).isEqualTo(FIRING);
        assertThat(firing.alert().value()).isNull();
        assertThat(firing.alert().summary()).isEqualTo("away");

        RuleWatch quiet = watch(0, 0);
        assertThat(after(500, quiet, UNKNOWN)).isEmpty();
        assertThat(quiet.alert().state()).isEqualTo(INACTIVE);
    }

    @Test
    void nothing_to_measure_is_good() {
        RuleWatch watch = watch(0, 0);
        after(5, watch, BAD);
        assertThat(after(5, watch, new Nothing("too few"))).contains(INACTIVE);
    }

    @Test
    void not_a_number_is_good() {
        RuleWatch watch = watch(0, 0);
        assertThat(after(5, watch, new Measured(Double.NaN, "0 of 0"))).isEmpty();
        assertThat(watch.alert().value()).isNull();
    }

    @Test
    void who_hands_the_station_over_does_not_call_it_resolved() {
        RuleWatch watch = watch(0, 60);
        after(5, watch, BAD);
        AlertChanged change =
                watch.take(new Elsewhere("stands by"), clock.instant()).orElseThrow();
        assertThat(change.handedOver()).isTrue();
        assertThat(change.from()).isEqualTo(FIRING);
        assertThat(change.alert().state()).isEqualTo(INACTIVE);
    }

    @Test
    void a_clock_that_was_set_back_does_not_hold_it_up() {
        RuleWatch watch = watch(10, 10);
        after(5, watch, BAD);
        after(-3600, watch, BAD);
        assertThat(after(10, watch, BAD)).contains(FIRING);
        after(5, watch, GOOD);
        after(-3600, watch, GOOD);
        assertThat(after(10, watch, GOOD)).contains(INACTIVE);
    }
}
