package dev.deskpost.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** One of the {@link Thieves}, at work on a {@link VirtualDisplay} from here to {@link #close}. */
public final class Thief implements AutoCloseable {

    private static final String SEED = "1";

    private final String letters;
    private final Path directory;
    private final Process process;

    private Thief(VirtualDisplay display, String letters, String... what) {
        this.letters = letters;
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
        return new Thief(display, "", "focus", SEED);
    }

    public static Thief ofClipboard(VirtualDisplay display) {
        return new Thief(display, "", "clipboard", SEED);
    }

    /** Somebody at the desk, who leaves after that many bursts of keys, moves and clicks. */
    public static Thief person(VirtualDisplay display, int bursts) {
        return new Thief(display, Person.LETTERS, "person", SEED, Integer.toString(bursts));
    }

    /** The only characters that it types into windows of others: no message beside it may contain them. */
    public String letters() {
        return letters;
    }

    /** The keys that it got and that were meant for somebody else. */
    public List<String> keys() {
        return events("key").map(event -> event.get("keys").asString()).toList();
    }

    /** How often a focus thief had a window activated. */
    public long activations() {
        return events("activated").count();
    }

    /** How often a clipboard thief took the clipboard from another program. */
    public long robberies() {
        return events("took")
                .filter(event -> event.get("from").asString().equals("other"))
                .count();
    }

    /** How many characters a person has typed, into whatever window. */
    public long typed() {
        return events("typed").count();
    }

    /** Returns when a person is at work, and not just about to begin. */
    public void awaitTyping() {
        await("a person's first character").until(() -> typed() > 0);
    }

    /** In order, of one kind; {@link Thieves} and {@link Person} tell the kinds. */
    public Stream<JsonNode> events(String kind) {
        return ChatWindowsProcess.events(directory, "thief").stream()
                .filter(event -> event.get("event").asString().equals(kind));
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
