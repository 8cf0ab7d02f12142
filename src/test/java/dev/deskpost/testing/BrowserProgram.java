package dev.deskpost.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code browser-chat.html} in Chromium: one browser process, and so one X client, with a window for each page, as an app
 * shows itself: without tabs and address.
 */
public final class BrowserProgram implements TargetProgram {

    /** What the page has for an input box. */
    public enum Editor {
        /** A textarea. */
        PLAIN,
        /** The same, whose page ignores what is pasted: Chromium has read it by then. */
        DEAF,
        /** ProseMirror: a document of paragraphs, drawn by the page. */
        RICH
    }

    private final BrowserPages pages = new BrowserPages();
    private final List<Process> processes = new ArrayList<>();
    private final List<TargetWindow> windows = new ArrayList<>();

    private BrowserProgram(VirtualDisplay display, Editor editor, String... titles) throws IOException {
        Path home = Files.createTempDirectory(display.directory(), "browser-");
        for (String title : titles) {
            ProcessBuilder program = new ProcessBuilder(
                    "chromium",
                    "--app=" + pages.address(title, editor.name().toLowerCase(Locale.ROOT)),
                    "--user-data-dir=" + home.resolve("profile"),
                    "--window-size=500,450",
                    // Root may not have the sandbox, and nothing but our own pages is shown
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--disable-breakpad",
                    "--password-store=basic");
            Path output = home.resolve("output.log");
            program.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
            program.environment().put("HOME", home.toString());
            // From the second on it hands its window over to the first one, and ends
            processes.add(display.start(program));
            Chat window = new Chat(title);
            windows.add(window);
            try {
                TargetWindow.awaitReady(display, window);
            } catch (ConditionTimeoutException e) {
                throw new IllegalStateException(
                        "no window %s; events %s; on the screen %s; processes %s; they said:%n%s"
                                .formatted(
                                        title,
                                        window.events(),
                                        display.x11().clients().stream()
                                                .map(display.x11()::title)
                                                .toList(),
                                        processes,
                                        Files.readString(output)),
                        e);
            }
        }
    }

    /** Skips the running test, with the reason, where the parts are missing. */
    public static void assumeAvailable() {
        VirtualDisplay.assumeInstalled("chromium");
    }

    public static BrowserProgram open(VirtualDisplay display, Editor editor, String... titles) {
        try {
            return new BrowserProgram(display, editor, titles);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<TargetWindow> windows() {
        return windows;
    }

    @Override
    public void close() {
        for (Process process : processes) {
            List<ProcessHandle> family = process.descendants().toList();
            process.destroyForcibly().onExit().join();
            family.forEach(ProcessHandle::destroyForcibly);
        }
        pages.close();
    }

    private final class Chat implements TargetWindow {

        private final String title;

        Chat(String title) {
            this.title = title;
        }

        @Override
        public String title() {
            return title;
        }

        @Override
        public void draft(String text) {
            pages.tell(title, JsonMapper.shared().writeValueAsString(Map.of("draft", text)));
            await().until(() -> input().equals(text));
        }

        @Override
        public List<JsonNode> events() {
            return pages.events(title);
        }
    }
}
