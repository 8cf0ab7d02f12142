package dev.deskpost.testing;

import dev.deskpost.testing.ChatWindowsProcess.Place;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** {@link ChatWindows} as one program among the others. */
public final class SwingProgram implements TargetProgram {

    private final ChatWindowsProcess process;
    private final List<TargetWindow> windows;

    private SwingProgram(ChatWindowsProcess process, String... titles) {
        this.process = process;
        this.windows = Stream.of(titles)
                .<TargetWindow>map(title -> new Chat(process, title))
                .toList();
    }

    public static SwingProgram open(VirtualDisplay display, String... titles) {
        return new SwingProgram(ChatWindowsProcess.open(display, titles), titles);
    }

    @Override
    public List<TargetWindow> windows() {
        return windows;
    }

    /** From now on this window is busy for so long at each paste, before it reads the clipboard; its siblings wait. */
    public void slow(String title, int millis) {
        process.slow(title, millis);
    }

    @Override
    public void close() {
        process.close();
    }

    private record Chat(ChatWindowsProcess process, String title) implements TargetWindow {

        @Override
        public Optional<Place> inputMiddle() {
            return Optional.of(process.where(title));
        }

        @Override
        public void draft(String text) {
            process.draft(title, text);
        }

        @Override
        public String input() {
            return process.input(title);
        }

        @Override
        public List<JsonNode> events() {
            return process.events(title);
        }

        /** Delete types nothing: it takes away. The other programs do not record it either. */
        @Override
        public List<String> strayKeys() {
            return TargetWindow.super.strayKeys().stream()
                    .filter(key -> !key.equals("\u007f"))
                    .toList();
        }
    }
}
