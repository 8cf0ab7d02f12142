package dev.deskpost.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** One of the {@link Thieves}, at work on a {@link VirtualDisplay} from here to {@link #close}. */
public final class Thief implements AutoCloseable {

    private final Path directory;
    private final Process process;

    private Thief(VirtualDisplay display, String what) {
        try {
            directory = Files.createTempDirectory(display.directory(), "thief-");
            process = display.start(ChatWindowsProcess.java(Thieves.class, directory, List.of(what)));
            BlockingQueue<String> lines = new LinkedBlockingQueue<>();
            ChatWindowsProcess.collect(process, lines);
            ChatWindowsProcess.awaitReady(lines, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Thief ofFocus(VirtualDisplay display) {
        return new Thief(display, "focus");
    }

    public static Thief ofClipboard(VirtualDisplay display) {
        return new Thief(display, "clipboard");
    }

    /** The keys that a focus thief got, which were meant for somebody else. */
    public List<String> keys() {
        return ChatWindowsProcess.events(directory, "thief").stream()
                .map(event -> event.get("keys").asString())
                .toList();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
