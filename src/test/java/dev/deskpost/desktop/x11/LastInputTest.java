package dev.deskpost.desktop.x11;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A server's clock and idle time, with hand-made stalls between the questions. */
class LastInputTest {

    /** The last input was at 1000. */
    private static final int INPUT = 1000;

    /** The server's time at each question, in order: clock, idle time, clock, idle time, clock. */
    private static Optional<LastInput> ask(int... times) {
        Iterator<Integer> time = Arrays.stream(times).iterator();
        return LastInput.ask(time::next, () -> Optional.of(Duration.ofMillis(time.next() - INPUT)));
    }

    @Test
    void is_known_from_one_look_at_both() {
        LastInput last = ask(1200, 1201, 1202).orElseThrow();
        assertThat(last.idle()).isEqualTo(Duration.ofMillis(201));
        assertThat(last.isThatAt(INPUT)).isTrue();
        assertThat(last.isThatAt(INPUT + 100)).isFalse();
    }

    @Test
    void is_the_same_one_after_a_stall_between_the_questions() {
        assertThat(ask(1200, 1290, 1291, 1292, 1292).orElseThrow().isThatAt(INPUT))
                .isTrue();
        assertThat(ask(1200, 1200, 1290, 1292, 1292).orElseThrow().isThatAt(INPUT))
                .isTrue();
    }

    @Test
    void is_asked_for_only_so_often() {
        int[] hours = IntStream.range(1, 100).map(i -> i * 3_600_000).toArray();
        assertThat(ask(hours)).isPresent();
    }

    @Test
    void is_not_known_where_the_server_does_not_tell() {
        assertThat(LastInput.ask(() -> 7, Optional::empty)).isEmpty();
    }
}
