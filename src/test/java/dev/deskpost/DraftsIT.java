package dev.deskpost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deskpost.fixtures.Office;
import dev.deskpost.fixtures.Office.Letter;
import dev.deskpost.fixtures.TargetKind;
import dev.deskpost.testing.ChatWindowsProcess;
import dev.deskpost.testing.SwingProgram;
import dev.deskpost.testing.TargetProgram;
import dev.deskpost.testing.TargetWindow;
import dev.deskpost.testing.VirtualDisplay;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A person has begun to write something in the input box, and left it there; then messages come. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DraftsIT {

    /** Two lines, and characters of two and four bytes. No line is as long as half of the box: a click goes behind it. */
    private static final String DRAFT = "half a thought ü\nand 🚀 more ";

    private static final List<String> MESSAGES = List.of("the first message", "the second,\nof two lines");

    private final Map<TargetKind, TargetProgram> programs = new EnumMap<>(TargetKind.class);
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
        programs.values().forEach(TargetProgram::close);
        if (office != null) {
            office.close();
        }
        if (display != null) {
            display.close();
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {"TERMINAL", "XTERM"},
            mode = Mode.EXCLUDE)
    void a_draft_to_preserve_stands_there_again_after_each_message(TargetKind kind) {
        TargetWindow window = window(kind, "preserve");
        window.draft(DRAFT);

        for (String message : MESSAGES) {
            assertThat(submittedFor(window, message)).containsExactly(message);
            await().untilAsserted(() -> assertThat(window.input()).isEqualTo(DRAFT));
        }
        assertNothingStray(window);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"TERMINAL", "XTERM"},
            mode = Mode.EXCLUDE)
    void an_input_box_without_a_draft_to_preserve_stays_empty(TargetKind kind) {
        TargetWindow window = window(kind, "preserve");
        window.draft("");

        for (String message : MESSAGES) {
            assertThat(submittedFor(window, message)).containsExactly(message);
            await().untilAsserted(() -> assertThat(window.input()).isEmpty());
        }
        assertNothingStray(window);
    }

    @ParameterizedTest
    @EnumSource(names = "XTERM", mode = Mode.EXCLUDE)
    void a_draft_to_clear_is_gone(TargetKind kind) {
        TargetWindow window = window(kind, "clear");
        window.draft(DRAFT);

        for (String message : MESSAGES) {
            assertThat(submittedFor(window, message)).containsExactly(message);
            await().untilAsserted(() -> assertThat(window.input()).isEmpty());
        }
        assertNothingStray(window);
    }

    @ParameterizedTest
    @EnumSource(names = "XTERM", mode = Mode.EXCLUDE)
    void a_draft_to_ignore_is_submitted_with_the_message(TargetKind kind) {
        TargetWindow window = window(kind, "ignore");
        window.draft(DRAFT);

        assertThat(submittedFor(window, "the message")).containsExactly(DRAFT + "the message");
        await().untilAsserted(() -> assertThat(window.input()).isEmpty());
        assertNothingStray(window);
    }

    /** It copies at once, and then is busy for longer than Deskpost waits to be given the copy. */
    @Test
    void a_draft_to_preserve_in_a_busy_window_stands_there_again_after_the_message() {
        try (SwingProgram program = SwingProgram.open(display, "busy");
                ChatWindowsProcess person = ChatWindowsProcess.open(display, "person")) {
            TargetWindow window = program.windows().get(0);
            office.addRecipient(window, Map.of("profile", "chat", "draft", "preserve"));
            person.copy("person", "what the person has copied");
            window.draft(DRAFT);
            program.slow("busy", 4_500);

            assertThat(submittedFor(window, "the message")).containsExactly("the message");
            await().untilAsserted(() -> assertThat(window.input()).isEqualTo(DRAFT));
            assertNothingStray(window);
        }
    }

    /** The first window of that kind, as a recipient with this policy. */
    private TargetWindow window(TargetKind kind, String draft) {
        kind.assumeAvailable();
        TargetWindow window = programs.computeIfAbsent(kind, wanted -> wanted.open(display))
                .windows()
                .get(0);
        Map<String, Object> settings = new LinkedHashMap<>(kind.settings());
        settings.put("draft", draft);
        office.addRecipient(window, settings);
        return window;
    }

    private List<String> submittedFor(TargetWindow window, String message) {
        int before = window.submitted().size();
        office.send("draft", List.of(new Letter(window, message)));
        List<String> all = window.submitted();
        return all.subList(before, all.size());
    }

    private static void assertNothingStray(TargetWindow window) {
        assertThat(window.strayKeys()).as("stray keys").isEmpty();
        assertThat(window.emptySubmits()).as("empty submits").isZero();
    }
}
