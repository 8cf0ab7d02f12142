package dev.deskpost.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code gtk-chat.py}: one GTK 3 process, and so one X client, with several chat windows. */
public final class GtkProgram implements TargetProgram {

    private final Path directory;
    private final Process process;
    private final Writer commands;
    private final List<TargetWindow> windows;

    private GtkProgram(VirtualDisplay display, String... titles) throws IOException {
        directory = Files.createTempDirectory(display.directory(), "gtk-");
        for (String title : titles) {
            // An empty file, so that there is something to read before the program has said anything
            Files.createFile(directory.resolve(title + ".jsonl"));
        }
        ProcessBuilder program = Python.script("gtk-chat.py", directory);
        program.command().add(directory.toString());
        program.command().addAll(List.of(titles));
        program.redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.log").toFile());
        // No input method and no bridge for screen readers: each would look for a session bus
        program.environment().putAll(Map.of("GTK_IM_MODULE", "gtk-im-context-simple", "NO_AT_BRIDGE", "1"));
        process = display.start(program);
        commands = process.outputWriter(UTF_8);
        windows = new ArrayList<>(Stream.of(titles).map(Chat::new).toList());
        windows.forEach(window -> TargetWindow.awaitReady(display, window));
    }

    /** Skips the running test, with the reason, where the parts are missing. */
    public static void assumeAvailable() {
        VirtualDisplay.assumeInstalled(
                Python.knows("import gi; gi.require_version('Gtk', '3.0'); from gi.repository import Gtk"),
                "python3-gi",
                "gir1.2-gtk-3.0");
    }

    public static GtkProgram open(VirtualDisplay display, String... titles) {
        try {
            return new GtkProgram(display, titles);
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
        process.destroyForcibly().onExit().join();
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
            try {
                commands.write(JsonMapper.shared().writeValueAsString(Map.of("window", title, "draft", text)) + '\n');
                commands.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            await().until(() -> input().equals(text));
        }

        @Override
        public List<JsonNode> events() {
            return ChatWindowsProcess.events(directory, title);
        }
    }
}
