package dev.deskpost.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deskpost.delivery.FailureCode;
import dev.deskpost.fixtures.HandClock;
import dev.deskpost.monitoring.RecentDeliveries.Counts;
import dev.deskpost.monitoring.RecentDeliveries.Minute;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecentDeliveriesTest {

    private static final Duration QUARTER = Duration.ofMinutes(15);

    /** Starts with a whole minute. */
    private final HandClock clock = new HandClock();

    private final RecentDeliveries deliveries = new RecentDeliveries(clock);

    @Test
    void nobody_knows_a_rate_before_the_first() {
        Counts none = deliveries.within(QUARTER);
        assertThat(none).isEqualTo(new Counts(0, 0, 0, 0, 0));
        assertThat(none.failureRate()).isNaN();
        assertThat(none.successRate()).isNaN();
        assertThat(none.retryRate()).isNaN();
        assertThat(deliveries.minutes()).isEmpty();
    }

    @Test
    void attempts_count_all_and_messages_when_they_have_an_outcome() {
        deliveries.on(Attempted.first().notSent(FailureCode.FOCUS_LOST));
        deliveries.on(Attempted.again(2, clock.instant()).notSent(FailureCode.FOCUS_LOST));
        deliveries.on(Attempted.again(3, clock.instant()).failed(FailureCode.FOCUS_LOST));
        deliveries.on(Attempted.first().delivered());
        deliveries.on(Attempted.first().intoInbox());
        deliveries.on(Attempted.first().unconfirmed());

        Counts counts = deliveries.within(QUARTER);

        assertThat(counts).isEqualTo(new Counts(2, 1, 1, 6, 2));
        assertThat(counts.failureRate()).isEqualTo(0.25);
        assertThat(counts.successRate()).isEqualTo(0.5);
        assertThat(counts.retryRate()).isCloseTo(2 / 6.0, within(1e-9));
    }

    @Test
    void a_try_after_one_that_did_not_count_is_no_retry() {
        deliveries.on(Attempted.first().notSent(FailureCode.DESKTOP_IN_USE));
        deliveries.on(Attempted.again(1, clock.instant()).delivered());
        assertThat(deliveries.within(QUARTER).retries()).isZero();
    }

    @Test
    void what_is_older_than_the_window_does_not_count_but_stays_for_an_hour() {
        deliveries.on(Attempted.first().delivered());
        clock.pass(QUARTER);
        assertThat(deliveries.within(QUARTER).delivered()).isEqualTo(1);

        clock.pass(Duration.ofMinutes(1));
        assertThat(deliveries.within(QUARTER).delivered()).isZero();
        assertThat(deliveries.minutes()).hasSize(1);

        clock.pass(Duration.ofMinutes(44));
        assertThat(deliveries.minutes()).hasSize(1);
        clock.pass(Duration.ofMinutes(1));
        assertThat(deliveries.minutes()).isEmpty();
    }

    @Test
    void each_minute_says_what_ended_in_it_and_how_long_it_took() {
        clock.pass(Duration.ofMillis(100));
        deliveries.on(Attempted.first().delivered());
        deliveries.on(Attempted.first().failed(FailureCode.WINDOW_NOT_FOUND));
        clock.pass(Duration.ofMinutes(3));
        deliveries.on(Attempted.first().unconfirmed());

        assertThat(deliveries.minutes())
                .extracting(Minute::start)
                .containsExactly(HandClock.START, HandClock.START.plus(Duration.ofMinutes(3)));
        Minute minute = deliveries.minutes().get(0);
        assertThat(minute.counts()).isEqualTo(new Counts(1, 1, 0, 2, 0));
        assertThat(minute.median()).isEqualTo(Duration.ofMillis(100));
        assertThat(minute.p99()).isEqualTo(Duration.ofMillis(100));
        assertThat(deliveries.minutes().get(1).median()).isNull();
    }

    @Test
    void a_message_that_was_tried_again_took_as_long_as_all_tries_together() {
        clock.pass(Duration.ofSeconds(20));
        deliveries.on(Attempted.again(2, clock.instant()).delivered());
        assertThat(deliveries.minutes().get(0).median()).isCloseTo(Duration.ofSeconds(20), Duration.ofMillis(200));
    }

    @Test
    void a_clock_that_was_set_back_loses_nothing() {
        deliveries.on(Attempted.first().delivered());
        clock.pass(Duration.ofMinutes(-30));
        deliveries.on(Attempted.first().delivered());
        assertThat(deliveries.within(QUARTER).delivered()).isEqualTo(2);
        assertThat(deliveries.minutes()).hasSize(1);
    }
}
