package dev.deskpost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.Office;
import dev.deskpost.fixtures.Office.Letter;
import dev.deskpost.fixtures.Tally;
import dev.deskpost.fixtures.TargetKind;
import dev.deskpost.testing.BrowserProgram;
import dev.deskpost.testing.BrowserProgram.Editor;
import dev.deskpost.testing.TargetProgram;
import dev.deskpost.testing.TargetWindow;
import dev.deskpost.testing.VirtualDisplay;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The defaults of the profiles fit the programs that they are meant for. Each has two windows, and the messages go to them
 * in turn: to a program that reads the clipboard late, the next message is already on it then.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProfilesIT {

    private static final int MESSAGES = 40;

    private VirtualDisplay display;
    private Office office;

    @BeforeAll
    void open_the_office(@TempDir Path home) {
        VirtualDisplay.assumeAvailable();
        display = VirtualDisplay.start();
        office = new Office(display, home);
    }

    @AfterAll
    void close_it() {
        if (office != null) {
            office.close();
        }
        if (display != null) {
            display.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SWING", "GTK", "TERMINAL"})
    void each_text_arrives_as_it_is_once_and_in_its_window(TargetKind kind) {
        each_text_arrives_at(kind);
    }

    @ParameterizedTest
    @EnumSource(names = {"TEXTAREA", "RICH_EDITOR"})
    void each_text_arrives_as_it_is_once_and_in_its_browser_window(TargetKind kind) {
        each_text_arrives_at(kind);
    }

    @Test
    void each_text_arrives_as_it_is_once_and_in_its_xterm() {
        each_text_arrives_at(TargetKind.XTERM);
    }

    @Test
    void no_enter_comes_to_a_page_that_ignores_what_is_pasted() {
        BrowserProgram.assumeAvailable();
        try (TargetProgram program = BrowserProgram.open(display, Editor.DEAF, "deaf")) {
            TargetWindow window = program.windows().get(0);
            office.addRecipient(window, Map.of("retry", Map.of("maxAttempts", 2, "delays", List.of("PT0.1S"))));

            Tally tally = office.send("deaf", List.of(new Letter(window, "Can you hear me?")));

            assertThat(tally.messages()).singleElement().satisfies(message -> {
                assertThat(message.get("state").asString()).isEqualTo("FAILED");
                assertThat(message.get("failure").get("code").asString()).isEqualTo("PASTE_NOT_SEEN");
            });
            assertThat(window.emptySubmits()).isZero();
            assertThat(window.strayKeys()).isEmpty();
        }
    }

    @Test
    void no_key_comes_to_a_terminal_whose_recipient_has_the_profile_of_a_chat() {
        TargetKind.XTERM.assumeAvailable();
        try (TargetProgram program = TargetKind.XTERM.open(display)) {
            TargetWindow window = program.windows().get(0);
            office.addRecipient(window, Map.of("retry", Map.of("maxAttempts", 1)));

            Tally tally = office.send("terminal as a chat", List.of(new Letter(window, "This would be Ctrl+C.")));

            assertThat(tally.messages())
                    .singleElement()
                    .satisfies(message -> assertThat(
                                    message.get("failure").get("code").asString())
                            .isEqualTo("PROFILE_MISMATCH"));
            assertThat(window.input()).isEmpty();
            assertThat(window.strayKeys()).isEmpty();
        }
    }

    private void each_text_arrives_at(TargetKind kind) {
        kind.assumeAvailable();
        try (TargetProgram program = kind.open(display)) {
            List<TargetWindow> windows = program.windows();
            windows.forEach(window -> office.addRecipient(window, kind.settings()));

            Tally tally = office.send(
                    kind.toString(),
                    IntStream.range(0, MESSAGES)
                            .mapToObj(i -> new Letter(windows.get(i % windows.size()), i + ": " + anyText(i / 2)))
                            .toList());

            System.out.println(tally);
            assertThat(new int[] {tally.right(), tally.wrong(), tally.duplicate(), tally.stray(), tally.lost()})
                    .as("right, wrong, duplicate, stray, lost")
                    .containsExactly(MESSAGES, 0, 0, 0, 0);
            assertThat(tally.messages()).allSatisfy(message -> {
                assertThat(message.get("state").asString()).isEqualTo("DELIVERED");
                // In as many attempts as it takes: one that failed because its program was stalled is rightly repeated.
                assertThat(message.get("evidence").asString()).isEqualTo("PASTE");
            });
        }
    }

    private static String anyText(int i) {
        return switch (i % 5) {
            case 0 -> "é ü ñ, 中文字, 🚀👩‍🚀, שלום עולם, مرحبا";
            case 1 -> "several\nlines\n\n\twith a tab and a trailing blank ";
            case 2 -> "{\"json\": \"$(rm -rf /) `x` \\\\ %s\"}";
            case 3 -> "0123456789abcdef\n".repeat(32 * 1024 / 17);
            default -> "plain";
        };
    }
}
