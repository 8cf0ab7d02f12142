package dev.deskpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deskpost.delivery.AdaptiveTimeouts.Ending;
import dev.deskpost.delivery.AdaptiveTimeouts.Wait;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptiveTimeoutsTest {

    private static final Duration FLOOR = Duration.ofMillis(250);
    private static final Duration CEILING = Duration.ofSeconds(5);

    /** Two digits are kept. */
    private static final Duration ROUNDING = Duration.ofMillis(20);

    private final AdaptiveTimeouts timeouts = fresh();

    private static AdaptiveTimeouts fresh() {
        return new AdaptiveTimeouts(new TimingProperties(
                FLOOR, CEILING, FLOOR, CEILING, FLOOR, CEILING, FLOOR, CEILING, FLOOR, CEILING, FLOOR, CEILING, FLOOR));
    }

    private void met(int times, long millis) {
        for (int i = 0; i < times; i++) {
            timeouts.met(Wait.FOCUS, Duration.ofMillis(millis));
        }
    }

    private void assertLimit(long millis) {
        assertThat(timeouts.limit(Wait.FOCUS)).isCloseTo(Duration.ofMillis(millis), ROUNDING);
    }

    @Nested
    class The_limit {

        @Test
        void is_the_ceiling_before_anything_was_measured() {
            assertThat(timeouts.limit(Wait.FOCUS)).isEqualTo(CEILING);
            assertThat(timeouts.timing(Wait.FOCUS).p95()).isNull();
        }

        @Test
        void is_half_as_much_again_as_95_of_100_took() {
            met(95, 400);
            met(5, 2000);
            assertThat(timeouts.timing(Wait.FOCUS).p95()).isCloseTo(Duration.ofMillis(400), ROUNDING);
            assertLimit(600);
        }

        @Test
        void becomes_patient_on_a_slow_machine() {
            met(100, 400);
            met(10, 1000);
            assertLimit(1500);
        }

        @Test
        void stays_between_floor_and_ceiling() {
            met(10, 1);
            assertThat(timeouts.limit(Wait.FOCUS)).isEqualTo(FLOOR);
            met(10, 60_000);
            assertThat(timeouts.limit(Wait.FOCUS)).isEqualTo(CEILING);
            assertThat(timeouts.timing(Wait.FOCUS).p95()).isCloseTo(Duration.ofSeconds(60), Duration.ofSeconds(1));
        }

        @Test
        void is_its_own_for_each_wait() {
            met(10, 1);
            assertThat(timeouts.limit(Wait.FETCH)).isEqualTo(CEILING);
        }

        @Test
        void takes_any_time_there_is() {
            timeouts.met(Wait.FOCUS, Duration.ofDays(3));
            timeouts.met(Wait.FOCUS, Duration.ZERO);
            timeouts.met(Wait.FOCUS, Duration.ofNanos(-1));
            assertThat(timeouts.limit(Wait.FOCUS)).isEqualTo(CEILING);
        }
    }

    @Nested
    class A_miss {

        @Test
        void doubles_the_limit_and_the_next_doubles_it_again_up_to_the_ceiling() {
            met(100, 400);
            timeouts.missed(Wait.FOCUS);
            assertLimit(1200);
            timeouts.missed(Wait.FOCUS);
            assertLimit(2400);
            for (int i = 0; i < 100; i++) {
                timeouts.missed(Wait.FOCUS);
            }
            assertThat(timeouts.limit(Wait.FOCUS)).isEqualTo(CEILING);
        }

        @Test
        void is_forgotten_with_a_success_that_needed_no_more_than_usual() {
            met(100, 400);
            timeouts.missed(Wait.FOCUS);
            timeouts.missed(Wait.FOCUS);
            met(1, 400);
            assertLimit(600);
        }

        @Test
        void stays_in_force_while_waits_need_the_longer_limit_until_they_are_the_usual_ones() {
            met(100, 400);
            timeouts.missed(Wait.FOCUS);
            met(1, 1100);
            assertLimit(1200);
            met(10, 1100);
            assertLimit(1650);
        }
    }

    @Nested
    class What_is_long_ago {

        @Test
        void loses_its_weight() {
            met(1000, 2000);
            // Without that, 19,000 quick ones would be needed to become quick again.
            met(2500, 10);
            assertThat(timeouts.limit(Wait.FOCUS)).isLessThan(CEILING);
            met(2500, 10);
            assertThat(timeouts.limit(Wait.FOCUS)).isEqualTo(FLOOR);
        }

        @Test
        void loses_it_evenly() {
            for (int i = 0; i < 1001; i++) {
                met(1, 1 + i * 2);
            }
            assertThat(timeouts.timing(Wait.FOCUS).p95()).isCloseTo(Duration.ofMillis(1900), Duration.ofMillis(40));
        }
    }

    @Nested
    class What_was_measured {

        @Test
        void can_be_kept_and_remembered() {
            met(95, 400);
            met(5, 2000);
            String kept = timeouts.takeNews(Wait.FOCUS).orElseThrow();
            AdaptiveTimeouts next = fresh();
            next.remember(Wait.FOCUS, kept);
            assertThat(next.timing(Wait.FOCUS)).isEqualTo(timeouts.timing(Wait.FOCUS));
            assertThat(next.takeNews(Wait.FOCUS)).as("nothing new").isEmpty();
        }

        @Test
        void is_news_once() {
            assertThat(timeouts.takeNews(Wait.FOCUS)).isEmpty();
            met(1, 400);
            assertThat(timeouts.takeNews(Wait.FOCUS)).isPresent();
            assertThat(timeouts.takeNews(Wait.FOCUS)).isEmpty();
        }

        @Test
        void fits_into_its_column() {
            for (int i = 0; i < 1000; i++) {
                timeouts.met(Wait.FOCUS, Duration.ofNanos(1000L << (i % 32)).plusMillis(i * 7L));
            }
            assertThat(timeouts.takeNews(Wait.FOCUS).orElseThrow()).hasSizeLessThan(16384);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "nonsense", "!!!", "AAAA", "HISTFAAAAAA="})
        void is_refused_if_it_is_damaged(String damaged) {
            assertDamaged(damaged);
        }

        @Test
        void is_refused_if_a_part_of_it_is_missing_or_changed() {
            met(95, 400);
            met(5, 2000);
            byte[] bytes =
                    Base64.getDecoder().decode(timeouts.takeNews(Wait.FOCUS).orElseThrow());
            assertDamaged(Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, bytes.length - 5)));
            bytes[bytes.length - 3] ^= 0x55;
            assertDamaged(Base64.getEncoder().encodeToString(bytes));
        }

        private void assertDamaged(String damaged) {
            AdaptiveTimeouts next = fresh();
            assertThatThrownBy(() -> next.remember(Wait.FOCUS, damaged)).isInstanceOf(IllegalArgumentException.class);
            assertThat(next.timing(Wait.FOCUS).p95()).isNull();
        }
    }

    @Nested
    class A_measured_step {

        @Test
        void is_told_the_limit_and_its_time_is_learned() {
            assertThat(measure(Ending.MET)).isEqualTo(CEILING);
            assertThat(timeouts.timing(Wait.FOCUS).p95()).isNotNull();
            assertThat(timeouts.limit(Wait.FOCUS)).isEqualTo(FLOOR);
        }

        @Test
        void doubles_the_limit_if_it_missed() {
            met(100, 400);
            measure(Ending.MISSED);
            assertLimit(1200);
        }

        @Test
        void teaches_nothing_if_it_broke_off() {
            met(100, 400);
            timeouts.takeNews(Wait.FOCUS);
            measure(Ending.BROKEN_OFF);
            assertLimit(600);
            assertThat(timeouts.takeNews(Wait.FOCUS)).isEqualTo(Optional.empty());
        }

        private Duration measure(Ending ending) {
            return timeouts.measure(Wait.FOCUS, limit -> limit, result -> ending);
        }
    }

    @Test
    void what_was_met_and_missed_is_counted_and_what_was_broken_off_is_not() {
        timeouts.met(Wait.FETCH, Duration.ofMillis(20));
        timeouts.met(Wait.FETCH, Duration.ofMillis(30));
        timeouts.missed(Wait.FETCH);
        timeouts.measure(Wait.FETCH, limit -> true, taken -> Ending.BROKEN_OFF);

        assertThat(timeouts.figures(Wait.FETCH)).isEqualTo(new WaitFigures(2, Duration.ofMillis(50), 1));
        assertThat(timeouts.figures(Wait.SUBMIT)).isEqualTo(WaitFigures.NONE);
    }
}
