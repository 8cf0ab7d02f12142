package dev.deskpost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deskpost.fixtures.DeskpostProcess;
import dev.deskpost.fixtures.Round;
import dev.deskpost.fixtures.Tally;
import dev.deskpost.fixtures.Targets;
import dev.deskpost.testing.VirtualDisplay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two services on one display, each with a database and messages of its own: only one types, until it goes. */
class TwoDeskpostsIT {

    private static final int SHORT = 80;
    private static final int MESSAGES = Integer.getInteger("deskpost.test.messages", SHORT);
    private static final boolean LONG = MESSAGES > SHORT;
    private static final int CLIENTS = 25;
    private static final int WINDOWS = 8;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final String BY_SECOND = "by the second";

    @TempDir
    Path homes;

    static Stream<String> oneWindowManagerOrAllIfLong() {
        return Stream.of(VirtualDisplay.OPENBOX, VirtualDisplay.XFWM4).limit(LONG ? Long.MAX_VALUE : 1);
    }

    @ParameterizedTest
    @MethodSource("oneWindowManagerOrAllIfLong")
    void the_second_stands_by_until_the_first_is_killed(String windowManager) throws Exception {
        VirtualDisplay.assumeAvailable(windowManager);
        try (VirtualDisplay display = VirtualDisplay.start(windowManager);
                Targets targets = Targets.open(display, WINDOWS, 2);
                DeskpostProcess first = start(display, targets, "first")) {
            await("the first delivers").atMost(LIMIT).until(() -> first.state().equals("RUNNING"));
            try (DeskpostProcess second = start(display, targets, "second")) {
                // The kill is to strike in the middle of a paste, too, and not to find everything done
                targets.answerLate(new Random(1), 60, 120);
                Round round = new Round("two instances, " + windowManager, targets);
                assertNothingWrong(round, display, targets, first, second);
            }
        }
    }

    private void assertNothingWrong(
            Round round, VirtualDisplay display, Targets targets, DeskpostProcess first, DeskpostProcess second)
            throws Exception {
        int half = MESSAGES / 2;
        round.post(second.client(), half, 2 * half, CLIENTS, i -> BY_SECOND);
        round.post(first.client(), 0, half, CLIENTS, i -> "by the first");
        await("the first has delivered some")
                .pollInterval(LOOK)
                .atMost(LIMIT)
                .until(() -> round.recorded().size() >= half / 4);
        String stateOfSecond = second.state();
        first.kill();
        List<String> recordedUntilKill = round.recorded();

        round.awaitFinal(second.client());
        List<Duration> times = new ArrayList<>(round.times(second.client(), second.client()));
        try (DeskpostProcess again = start(display, targets, "first")) {
            second.stop();
            round.awaitFinal(first.client(), again.client());
            times.addAll(round.times(first.client(), again.client()));
        }
        Tally tally = round.tally(times.stream());

        System.out.println(tally);
        assertThat(tally.findings()).as(tally.run()).isEmpty();
        assertThat(recordedUntilKill.size())
                .as("messages of the first, of %d, that were there when it was killed", half)
                .isLessThan(half);
        assertThat(stateOfSecond).as("what the second did meanwhile").isEqualTo("STANDBY");
        assertThat(recordedUntilKill).as("texts until the kill").noneMatch(text -> text.contains(BY_SECOND));
        // The one attempt that was killed may have been at its submit keys
        assertThat(tally.unconfirmed()).isLessThanOrEqualTo(1);
        assertThat(tally.right()).isBetween(2 * half - tally.unconfirmed(), 2 * half);
    }

    private DeskpostProcess start(VirtualDisplay display, Targets targets, String home) {
        DeskpostProcess started = DeskpostProcess.start(display, homes.resolve(home));
        targets.register(started.client());
        return started;
    }
}
