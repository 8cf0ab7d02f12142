package dev.deskpost.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deskpost.testing.BrowserProgram.Editor;
import dev.deskpost.testing.ChatWindowsProcess.Place;
import dev.deskpost.testing.TerminalProgram.Pastes;
import java.awt.Rectangle;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The judges themselves: that they record what a person at keyboard and mouse does to them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TargetProgramsTest {

    /** A blank line, a tab, characters of two, three and four bytes, and blanks at both ends. */
    private static final String TEXT = " ä\n\n\t€ 👩‍🚀 ";

    private VirtualDisplay display;

    @BeforeAll
    void open_a_display() {
        VirtualDisplay.assumeAvailable();
        VirtualDisplay.assumeInstalled("xclip");
        display = VirtualDisplay.start();
    }

    @AfterAll
    void close_it() {
        if (display != null) {
            display.close();
        }
    }

    @Test
    void swing_records_what_it_got() throws Exception {
        try (TargetProgram program = SwingProgram.open(display, "swing-1", "swing-2")) {
            records_what_it_got(program, "clipboard", "ctrl+v");
        }
    }

    @Test
    void gtk_records_what_it_got() throws Exception {
        GtkProgram.assumeAvailable();
        try (TargetProgram program = GtkProgram.open(display, "gtk-1", "gtk-2")) {
            records_what_it_got(program, "clipboard", "ctrl+v");
        }
    }

    @Test
    void a_textarea_records_what_it_got() throws Exception {
        BrowserProgram.assumeAvailable();
        try (TargetProgram program = BrowserProgram.open(display, Editor.PLAIN, "plain-1", "plain-2")) {
            records_what_it_got(program, "clipboard", "ctrl+v");
        }
    }

    @Test
    void a_rich_editor_records_what_it_got() throws Exception {
        BrowserProgram.assumeAvailable();
        try (TargetProgram program = BrowserProgram.open(display, Editor.RICH, "rich-1", "rich-2")) {
            records_what_it_got(program, "clipboard", "ctrl+v");
        }
    }

    @Test
    void xterm_as_it_comes_pastes_PRIMARY_and_records_it() throws Exception {
        TerminalProgram.assumeAvailable();
        try (TargetProgram program =
                TerminalProgram.open(display, Pastes.PRIMARY_ON_SHIFT_INSERT, "term-1", "term-2")) {
            records_what_it_got(program, "primary", "shift+insert");
        }
    }

    @Test
    void a_terminal_like_most_pastes_CLIPBOARD_and_records_it() throws Exception {
        TerminalProgram.assumeAvailable();
        try (TargetProgram program =
                TerminalProgram.open(display, Pastes.CLIPBOARD_ON_CTRL_SHIFT_V, "term-3", "term-4")) {
            records_what_it_got(program, "clipboard", "ctrl+shift+v");
        }
    }

    private void records_what_it_got(TargetProgram program, String selection, String pasteKeys) throws Exception {
        TargetWindow first = program.windows().get(0);
        TargetWindow second = program.windows().get(1);
        for (TargetWindow window : program.windows()) {
            copy(selection, TEXT + window.title());
            focus(window);
            display.x11().key("enter");
            await().until(() -> window.emptySubmits() == 1);
            display.x11().key(pasteKeys);
            await().until(() -> window.input().equals(TEXT + window.title()));
            display.x11().key("enter");
            await().until(() -> window.input().isEmpty());
        }
        assertThat(first.submitted()).containsExactly(TEXT + first.title());
        assertThat(first.strayKeys()).isEmpty();
        assertThat(first.emptySubmits()).isEqualTo(1);

        first.draft("half a thought\nand its second line");
        focus(first);
        display.x11().type("aB");
        await().until(() -> first.input().length() == 36);
        assertThat(first.input()).contains("half a thought\nand its second line");
        assertThat(first.strayKeys()).containsExactly("a", "B");
        assertThat(second.submitted()).containsExactly(TEXT + second.title());
        assertThat(second.strayKeys()).isEmpty();
    }

    private void copy(String selection, String text) throws IOException, InterruptedException {
        Process xclip = display.start(new ProcessBuilder("xclip", "-selection", selection)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD));
        try (OutputStream in = xclip.getOutputStream()) {
            in.write(text.getBytes(UTF_8));
        }
        // It goes on as a process of its own, which the display's end ends
        assertThat(xclip.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private void focus(TargetWindow window) {
        int id = display.x11().client(window.title());
        await().until(() -> {
            display.x11().activate(id);
            return display.x11().activeWindow() == id && display.x11().focusedClient() == id;
        });
        window.inputMiddle().ifPresent(place -> click(id, place));
    }

    private void click(int window, Place place) {
        Rectangle bounds = display.x11().bounds(window);
        display.x11()
                .click(
                        window,
                        place.x() < 0 ? bounds.width + place.x() : place.x(),
                        place.y() < 0 ? bounds.height + place.y() : place.y());
    }
}
