package dev.deskpost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.Station;
import dev.deskpost.fixtures.Station.Desk;
import dev.deskpost.fixtures.Tally;
import dev.deskpost.testing.Thief;
import dev.deskpost.testing.VirtualDisplay;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages of many clients to eight windows, while others get in the way: nothing goes to them, and nothing is lost or said
 * twice. The windows themselves record what they get, and nothing else is believed.
 *
 * <p>{@code -Plong} sends 1,000 messages in each of these, under every window manager.
 */
class HostileDesktopIT {

    private static final int SHORT = 120;
    private static final int MESSAGES = Integer.getInteger("deskpost.test.messages", SHORT);
    private static final boolean LONG = MESSAGES > SHORT;

    /** Each late window takes a second. */
    private static final int LATE_MESSAGES = LONG ? MESSAGES : 24;

    private static final int BURSTS = LONG ? 100 : 12;
    private static final int CLIENTS = 50;
    private static final int WINDOWS = 8;

    @TempDir
    Path home;

    static Stream<String> windowManagers() {
        return Stream.of(VirtualDisplay.OPENBOX, VirtualDisplay.XFWM4);
    }

    static Stream<String> oneWindowManagerOrAllIfLong() {
        return windowManagers().limit(LONG ? Long.MAX_VALUE : 1);
    }

    @ParameterizedTest
    @MethodSource("windowManagers")
    void with_nobody_in_the_way(String windowManager) throws Exception {
        try (Station station = station(windowManager, 2)) {
            assertNothingWrong(station.send("undisturbed, " + windowManager, MESSAGES, CLIENTS, i -> "text " + i));
        }
    }

    @ParameterizedTest
    @MethodSource("oneWindowManagerOrAllIfLong")
    void beside_a_program_that_takes_the_focus(String windowManager) throws Exception {
        try (Station station = station(windowManager, 2);
                Thief thief = Thief.ofFocus(station.display())) {
            assertNothingWrong(sendBeside(station, thief, "focus thief, " + windowManager));
            assertThat(thief.activations()).as("windows activated by the thief").isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("windowManagers")
    void beside_a_program_that_takes_the_clipboard(String windowManager) throws Exception {
        try (Station station = station(windowManager, 2);
                Thief thief = Thief.ofClipboard(station.display())) {
            assertNothingWrong(sendBeside(station, thief, "clipboard thief, " + windowManager));
            assertThat(thief.robberies())
                    .as("times the thief took it from another")
                    .isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("oneWindowManagerOrAllIfLong")
    void with_windows_that_answer_late(String windowManager) throws Exception {
        try (Station station = station(windowManager, 4)) {
            station.targets().answerLate(new Random(1), 300, 2_000);
            assertNothingWrong(
                    station.send("late windows, " + windowManager, LATE_MESSAGES, CLIENTS, i -> "text " + i));
        }
    }

    @ParameterizedTest
    @MethodSource("oneWindowManagerOrAllIfLong")
    void beside_a_person_who_types_and_moves_the_pointer(String windowManager) throws Exception {
        try (Station station = station(windowManager, 2);
                Thief person = Thief.person(station.display(), BURSTS)) {
            person.awaitTyping();
            assertNothingWrong(sendBeside(station, person, "person, " + windowManager));
        }
    }

    private Station station(String windowManager, int processes) {
        VirtualDisplay.assumeAvailable(windowManager);
        return new Station(home, new Desk(windowManager, WINDOWS, processes));
    }

    private static Tally sendBeside(Station station, Thief thief, String run) throws Exception {
        return station.sendBeside(thief, run, MESSAGES, CLIENTS, i -> "text " + i);
    }

    private static void assertNothingWrong(Tally tally) {
        System.out.println(tally);
        assertThat(tally.findings()).as(tally.run()).isEmpty();
        assertThat(tally.right()).isEqualTo(tally.messages().size());
        assertThat(tally.unconfirmed()).isZero();
        assertThat(tally.thiefsKeys().orElse(0)).as("keys that the thief got").isZero();
    }
}
