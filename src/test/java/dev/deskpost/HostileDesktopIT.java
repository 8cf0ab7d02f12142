package dev.deskpost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deskpost.fixtures.Station;
import dev.deskpost.fixtures.Station.Desk;
import dev.deskpost.fixtures.Tally;
import dev.deskpost.fixtures.Targets;
import dev.deskpost.testing.ChatWindowsProcess;
import dev.deskpost.testing.Thief;
import dev.deskpost.testing.VirtualDisplay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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

    private static final int BURSTS = LONG ? 100 : 12;
    private static final int CLIENTS = 50;
    private static final int WINDOWS = 8;

    /** Each late window takes a second. */
    private static final int LATE_MESSAGES = LONG ? MESSAGES : 2 * WINDOWS;

    private static final Duration LOOK = Duration.ofMillis(5);
    private static final Duration STANDSTILL = Duration.ofSeconds(60);

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

    /**
     * Paste keys wait in a program's queue until it has time. If the clipboard is lost meanwhile and the next message is for
     * a sibling window, those keys would fetch it, into the wrong window; and the fetch would pass for its own.
     */
    @Test
    void a_paste_that_still_waits_in_a_program_does_not_get_the_next_messages_text() throws Exception {
        VirtualDisplay.assumeAvailable();
        String next = "a text of a length of its own";
        try (Station station = new Station(home, new Desk(VirtualDisplay.OPENBOX, 2, 1));
                ChatWindowsProcess other = ChatWindowsProcess.open(station.display(), "other")) {
            Targets targets = station.targets();
            targets.process("agent-1").slow("agent-1", 1_500);
            String first = station.client().send("agent-1", "waits");
            await().pollInterval(LOOK)
                    .until(() -> station.client()
                            .get("/messages/" + first + "/attempts")
                            .toString()
                            .contains("\"PASTING\""));
            other.copy("other", "taken over");
            String second = station.client().send("agent-2", next);

            await().atMost(STANDSTILL).until(() -> isDelivered(station, first) && isDelivered(station, second));
            await().until(() -> targets.events("agent-2").stream()
                    .anyMatch(event -> event.get("event").asString().equals("submitted")));
            assertThat(targets.process("agent-1").events("agent-1", "pasted"))
                    .as("pastes into agent-1")
                    .isNotEmpty()
                    .noneMatch(paste -> paste.get("length").asInt() == next.length());
            assertThat(targets.process("agent-2").submitted("agent-2")).containsExactly(next);
            assertThat(targets.process("agent-1").submitted("agent-1")).containsExactly("waits");
        }
    }

    private static boolean isDelivered(Station station, String id) {
        return station.client().message(id).get("state").asString().equals("DELIVERED");
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
