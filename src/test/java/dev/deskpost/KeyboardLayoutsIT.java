package dev.deskpost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.Station;
import dev.deskpost.fixtures.Tally;
import dev.deskpost.testing.VirtualDisplay;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys are {@code ctrl+v} and {@code ctrl+a}: not every keyboard has such letters, or has them there. */
class KeyboardLayoutsIT {

    private static final int MESSAGES = 20;

    @BeforeAll
    static void check_the_parts() {
        VirtualDisplay.assumeAvailable();
        VirtualDisplay.assumeInstalled("setxkbmap", "x11-xkb-utils");
    }

    @Test
    void whatever_the_layout_everything_arrives(@TempDir Path home) throws Exception {
        try (Station station = new Station(home, 4)) {
            VirtualDisplay display = station.display();

            display.run("setxkbmap", "ru");
            assertNothingWrong(station.send("no latin letters", MESSAGES, i -> "text " + i));

            display.run("setxkbmap", "us,ru");
            display.x11().useLayout(1);
            assertNothingWrong(station.send("the second of two layouts", MESSAGES, i -> "text " + i));
            assertThat(display.x11().layout())
                    .as("the layout that the person chose")
                    .isEqualTo(1);

            display.run("setxkbmap", "fr");
            assertNothingWrong(station.send("letters elsewhere", MESSAGES, i -> "text " + i));
        }
    }

    /** A key that waits in a program while the layout changes may mean nothing to it: then it takes a second attempt. */
    @Test
    void the_layout_may_change_while_messages_flow(@TempDir Path home) throws Exception {
        List<String> layouts = List.of("ru", "us", "us,ru", "fr", "ru,gr", "il");
        try (Station station = new Station(home, 4, "--deskpost.delivery.retry-delays=200ms")) {
            assertNothingWrong(station.send("changing layouts", 2 * MESSAGES, i -> {
                if (i % 5 == 0) {
                    station.display().run("setxkbmap", layouts.get(i / 5 % layouts.size()));
                    station.display().x11().useLayout(i % 2);
                }
                return "text " + i;
            }));
        }
    }

    private static void assertNothingWrong(Tally tally) {
        System.out.println(tally);
        assertThat(new int[] {tally.right(), tally.wrong(), tally.duplicate(), tally.stray(), tally.lost()})
                .as("right, wrong, duplicate, stray, lost")
                .containsExactly(tally.messages().size(), 0, 0, 0, 0);
    }
}
