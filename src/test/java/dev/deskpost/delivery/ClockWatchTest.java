package dev.deskpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClockWatchTest {

    private final MutableClock clock = new MutableClock();
    private final ClockWatch watch = new ClockWatch(clock);

    @Test
    void notices_a_clock_that_was_set_back_once() {
        clock.advance(Duration.ofHours(-1));
        assertThat(watch.wentBack()).isTrue();
        assertThat(watch.wentBack()).isFalse();
    }

    @Test
    void takes_no_offence_at_one_that_was_set_forward_or_is_kept_right() {
        clock.advance(Duration.ofHours(9));
        assertThat(watch.wentBack()).isFalse();
        clock.advance(Duration.ofMillis(-200));
        assertThat(watch.wentBack()).isFalse();
    }
}
