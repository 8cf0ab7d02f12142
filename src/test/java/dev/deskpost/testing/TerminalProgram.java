package dev.deskpost.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.deskpost.testing.ChatWindowsProcess.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code terminal-chat.py} in xterms: each window is a process, and an X client, of its own. */
public final class TerminalProgram implements TargetProgram {

    /** Which selection the terminals paste, and with which keys. */
    public enum Pastes {
        /** xterm as it comes: shift+insert pastes {@code PRIMARY}. */
        PRIMARY_ON_SHIFT_INSERT(List.of()),

        /** What most other terminals do by themselves: ctrl+shift+v pastes {@code CLIPBOARD}. */
        CLIPBOARD_ON_CTRL_SHIFT_V(
                List.of("-xrm", "*VT100.translations: #override Ctrl Shift <KeyPress> V: insert-selection(CLIPBOARD)"));

        private final List<String> settings;

        Pastes(List<String> settings) {
            this.settings = List.copyOf(settings);
        }
    }

    private final Path directory;
    private final List<Process> processes = new ArrayList<>();
    private final List<TargetWindow> windows = new ArrayList<>();

    private TerminalProgram(VirtualDisplay display, Pastes pastes, String... titles) throws IOException {
        directory = Files.createTempDirectory(display.directory(), "terminal-");
        List<String> script = Python.script("terminal-chat.py", directory).command();
        for (String title : titles) {
            // An empty file, so that there is something to read before the program has said anything
            Files.createFile(directory.resolve(title + ".jsonl"));
            List<String> command = new ArrayList<>(List.of("xterm", "-title", title, "-geometry", "80x24", "-u8"));
            command.addAll(pastes.settings);
            command.add("-e");
            command.addAll(script);
            command.addAll(List.of(directory.toString(), title));
            ProcessBuilder program = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve(title + ".log").toFile());
            program.environment().put("LC_ALL", "C.UTF-8");
            processes.add(display.start(program));
            windows.add(new Chat(title));
        }
        windows.forEach(window -> TargetWindow.awaitReady(display, window));
    }

    /** Skips the running test, with the reason, where the parts are missing. */
    public static void assumeAvailable() {
        VirtualDisplay.assumeInstalled("xterm");
        VirtualDisplay.assumeInstalled(Python.knows("import select, tty"), "python3");
    }

    public static TerminalProgram open(VirtualDisplay display, Pastes pastes, String... titles) {
        try {
            return new TerminalProgram(display, pastes, titles);
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
        // Its terminal gone, the program in it ends by itself
        processes.forEach(process -> process.destroyForcibly().onExit().join());
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
        public Optional<Place> inputMiddle() {
            return Optional.empty();
        }

        @Override
        public void draft(String text) {
            try {
                String command = JsonMapper.shared().writeValueAsString(Map.of("draft", text)) + '\n';
                Files.write(directory.resolve(title + ".commands"), command.getBytes(UTF_8));
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
