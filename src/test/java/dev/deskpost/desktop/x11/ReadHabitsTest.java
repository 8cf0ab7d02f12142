package dev.deskpost.desktop.x11;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadHabitsTest {

    private final ReadHabits habits = new ReadHabits();

    private void saw(Object program, int... millis) {
        for (int each : millis) {
            habits.saw(program, Duration.ofMillis(each));
        }
    }

    @Test
    void of_a_program_that_nobody_knows_are_those_of_a_browser() {
        assertThat(habits.quietAfter(1L)).isEqualTo(ReadHabits.UNKNOWN);
        saw(1L, 0, 0);
        assertThat(habits.quietAfter(1L)).isEqualTo(ReadHabits.UNKNOWN);
    }

    @Test
    void of_one_that_reads_once_let_the_next_text_follow_at_once() {
        saw(1L, 0, 0, 0);
        assertThat(habits.quietAfter(1L)).isZero();
    }

    @Test
    void are_half_as_long_again_as_the_longest_seen() {
        saw(1L, 10, 40, 20);
        assertThat(habits.quietAfter(1L)).isEqualTo(Duration.ofMillis(60));
    }

    @Test
    void of_one_program_say_nothing_of_another() {
        saw(1L, 0, 0, 0);
        assertThat(habits.quietAfter(2L)).isEqualTo(ReadHabits.UNKNOWN);
    }

    @Test
    void that_were_dropped_are_forgotten() {
        saw(1L, 80);
        saw(1L, new int[16]);
        assertThat(habits.quietAfter(1L)).isZero();
    }

    @Test
    void of_one_that_never_stops_do_not_hold_up_the_next_text_for_ever() {
        saw(1L, 10_000, 10_000, 10_000);
        assertThat(habits.quietAfter(1L)).isEqualTo(ReadHabits.LONGEST);
    }

    @Test
    void of_programs_that_have_not_been_seen_for_long_make_room_for_others() {
        saw(0L, 0, 0, 0);
        saw(1L, 0, 0, 0);
        for (long program = 2; program < 200; program++) {
            saw(program, 0, 0, 0);
        }
        assertThat(habits.quietAfter(0L)).as("asked for just now").isZero();
        saw(200L, 0, 0, 0);
        assertThat(habits.quietAfter(0L)).isZero();
        assertThat(habits.quietAfter(1L)).isEqualTo(ReadHabits.UNKNOWN);
    }
}
