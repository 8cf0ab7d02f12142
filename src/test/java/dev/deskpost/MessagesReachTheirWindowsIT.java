package dev.deskpost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.Station;
import dev.deskpost.fixtures.Tally;
import dev.deskpost.testing.VirtualDisplay;
import java.nio.file.Path;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way: HTTP, queue, executor, X server, window manager, windows of another process, and what those recorded. */
class MessagesReachTheirWindowsIT {

    private static final int MESSAGES = 100;

    @BeforeAll
    static void check_the_parts() {
        VirtualDisplay.assumeAvailable();
    }

    @Test
    void each_once_and_each_in_its_window_whatever_the_text(@TempDir Path home) throws Exception {
        try (Station station = new Station(home, 8)) {
            send(station, "any text", MESSAGES, MessagesReachTheirWindowsIT::anyText);
            // Swing itself needs 300 ms for some of the texts of 32 KiB: how quick Deskpost is, short ones tell.
            send(station, "short texts", MESSAGES, MessagesReachTheirWindowsIT::shortText);
            send(station, "warmed up", 3 * MESSAGES, MessagesReachTheirWindowsIT::shortText);
        }
    }

    private static void send(Station station, String run, int count, IntFunction<String> content) throws Exception {
        Tally tally = station.send(run, count, content);
        System.out.println(tally);
        assertThat(new int[] {tally.right(), tally.wrong(), tally.duplicate(), tally.stray(), tally.lost()})
                .as("right, wrong, duplicate, stray, lost")
                .containsExactly(count, 0, 0, 0, 0);
        assertThat(tally.messages()).allSatisfy(message -> {
            assertThat(message.get("state").asString()).isEqualTo("DELIVERED");
            assertThat(message.get("evidence").asString()).isEqualTo("PASTE");
            assertThat(message.get("attempts").asInt()).isEqualTo(1);
        });
    }

    private static String anyText(int i) {
        return i % 5 == 0 ? "0123456789abcdef\n".repeat(32 * 1024 / 17) : shortText(i);
    }

    private static String shortText(int i) {
        return switch (i % 4) {
            case 0 -> "é ü ñ, 中文字, 🚀👩‍🚀, שלום עולם, مرحبا";
            case 1 -> "several\nlines\n\n\twith a tab and a trailing blank ";
            case 2 -> "{\"json\": \"$(rm -rf /) `x` \\\\ %s\"}";
            default -> "plain";
        };
    }
}
