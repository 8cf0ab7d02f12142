package dev.deskpost.desktop.x11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.desktop.x11.ReadHabits.Habit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadHabitsTest {

    private final ReadHabits habits = new ReadHabits();

    private void saw(Object program, int times, int reads, int millis) {
        for (int i = 0; i < times; i++) {
            habits.saw(program, reads, Duration.ofMillis(millis));
        }
    }

    @Test
    void of_a_program_that_is_hardly_known_nothing_is_taken_for_granted() {
        saw(1, 2, 1, 0);
        assertThat(habits.of(1)).isEqualTo(Habit.NOT_KNOWN);
        assertThat(habits.of(2)).isEqualTo(Habit.NOT_KNOWN);
    }

    @Test
    void who_reads_once_is_done_after_one_reading_and_pastes_its_own_copy_at_once() {
        saw(1, 3, 1, 0);
        assertThat(habits.of(1).reads()).isEqualTo(1);
        assertThat(habits.of(1).quietAfterCopy()).isZero();
    }

    @Test
    void who_reads_twice_is_given_half_as_much_time_again_as_it_ever_took() {
        saw(1, 3, 2, 20);
        saw(1, 1, 2, 120);
        assertThat(habits.of(1)).isEqualTo(new Habit(2, false, Duration.ofMillis(180)));
        assertThat(habits.of(1).quietAfterCopy()).isEqualTo(Duration.ofMillis(180));
    }

    @Test
    void a_paste_that_went_wrong_does_not_change_what_is_usual() {
        saw(1, 5, 2, 20);
        saw(1, 3, 1, 0);
        assertThat(habits.of(1).reads()).isEqualTo(2);
    }

    @Test
    void a_program_that_never_stops_to_read_is_not_waited_for() {
        saw(1, 3, 40, 60_000);
        assertThat(habits.of(1).quiet()).isEqualTo(ReadHabits.LONGEST);
    }

    @Test
    void what_was_long_ago_is_forgotten() {
        saw(1, 3, 2, 300);
        saw(1, 16, 1, 0);
        assertThat(habits.of(1)).isEqualTo(new Habit(1, true, Habit.NOT_KNOWN.quiet()));
    }

    @Test
    void only_the_latest_programs_are_remembered() {
        saw("first", 3, 1, 0);
        for (int i = 0; i < 200; i++) {
            saw(i, 3, 1, 0);
        }
        assertThat(habits.of("first")).isEqualTo(Habit.NOT_KNOWN);
    }
}
