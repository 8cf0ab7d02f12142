package dev.deskpost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.Station;
import dev.deskpost.fixtures.Station.Tally;
import dev.deskpost.testing.Thief;
import dev.deskpost.testing.VirtualDisplay;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other programs get in the way: nothing goes to them, and nothing is lost or said twice. */
class HostileDesktopIT {

    private static final int MESSAGES = 200;

    @BeforeAll
    static void check_the_parts() {
        VirtualDisplay.assumeAvailable();
    }

    @Test
    void beside_a_program_that_takes_the_focus(@TempDir Path home) throws Exception {
        try (Station station = new Station(home, 8);
                Thief thief = Thief.ofFocus(station.display())) {
            assertNothingWrong(station.send("focus thief", MESSAGES, i -> "text " + i));
            assertThat(thief.keys()).as("keys that the thief got").isEmpty();
        }
    }

    private static void assertNothingWrong(Tally tally) {
        System.out.println(tally);
        assertThat(new int[] {tally.right(), tally.wrong(), tally.duplicate(), tally.stray(), tally.lost()})
                .as("right, wrong, duplicate, stray, lost")
                .containsExactly(tally.messages().size(), 0, 0, 0, 0);
    }
}
