package dev.deskpost.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.awt.Rectangle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@link ChatWindows} as a process on a {@link VirtualDisplay}: opens them, tells them what to play, and reads what they
 * recorded. The recordings can be read after the process was killed, until the display is closed.
 */
public final class ChatWindowsProcess implements AutoCloseable {

    private static final int LIMIT_SECONDS = 30;
    private static final int WIDEST_DECORATION = 60;
    private static final AtomicInteger STARTED = new AtomicInteger();

    private final VirtualDisplay display;
    private final Path directory;
    private final Map<String, String> titles = new ConcurrentHashMap<>();
    private final Process process;
    private final Writer commands;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private ChatWindowsProcess(VirtualDisplay display, Path directory, List<String> options, List<String> names)
            throws IOException {
        this.display = display;
        for (String name : names) {
            String[] nameAndTitle = name.split("=", 2);
            titles.put(nameAndTitle[0], nameAndTitle[nameAndTitle.length - 1]);
        }
        this.directory = Files.createDirectories(directory);
        List<String> arguments = Stream.concat(options.stream(), names.stream()).toList();
        this.process = display.start(java(ChatWindows.class, directory, arguments));
        this.commands = process.outputWriter(UTF_8);
        collect(process, answers);
        awaitReady(answers, directory);
    }

    /** Opens one window per name (or {@code name=Title}) and returns once they are on the screen. */
    public static ChatWindowsProcess open(VirtualDisplay display, String... names) {
        return open(display, newDirectory(display), names);
    }

    /** The same within a part of the screen, beside the windows of other processes. */
    public static ChatWindowsProcess open(VirtualDisplay display, Rectangle area, String... names) {
        String corners = area.x + "," + area.y + "," + area.width + "," + area.height;
        return open(display, newDirectory(display), List.of("--area", corners), names);
    }

    /** The same, recording into a directory that the caller keeps: a second process there goes on in the same files. */
    public static ChatWindowsProcess open(VirtualDisplay display, Path directory, String... names) {
        return open(display, directory, List.of(), names);
    }

    private static ChatWindowsProcess open(
            VirtualDisplay display, Path directory, List<String> options, String... names) {
        try {
            return new ChatWindowsProcess(display, directory, options, List.of(names));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path newDirectory(VirtualDisplay display) {
        return display.directory().resolve("chat-" + STARTED.incrementAndGet());
    }

    // ------------------------------------------------------------------------------------------- what they play

    public void title(String name, String title) {
        command("title " + name + ' ' + escape(title));
        titles.put(name, title);
    }

    /** The X server's id of a window. Two of one title in this process cannot be told apart. */
    public int window(String name) {
        List<Integer> found = display.x11().clients().stream()
                .filter(window -> display.x11().pid(window) == pid())
                .filter(window -> display.x11().title(window).equals(titles.get(name)))
                .toList();
        if (found.size() != 1) {
            throw new IllegalStateException(found.size() + " windows of this process are called " + titles.get(name));
        }
        return found.get(0);
    }

    public void close(String name) {
        command("close " + name);
    }

    public void iconify(String name) {
        command("iconify " + name);
    }

    /** Moves it to a place on the screen, decorations included, and returns when the window manager has done so. */
    public void bounds(String name, int x, int y, int width, int height) {
        command("bounds " + name + ' ' + x + ' ' + y + ' ' + width + ' ' + height);
        int window = window(name);
        Rectangle wanted = new Rectangle(x, y, width, height);
        await("move of " + name).until(() -> {
            Rectangle inner = display.x11().bounds(window);
            boolean fills = width - inner.width <= WIDEST_DECORATION && height - inner.height <= WIDEST_DECORATION;
            return wanted.contains(inner) && fills;
        });
    }

    /** Returns when the window has the focus, or its dialog, and the window manager has come to know. */
    public void front(String name) {
        command("front " + name);
        await().until(() -> display.x11().activeWindow() == display.x11().focusedClient());
    }

    /**
     * Waits until the program itself has come to know that the window has the focus. Swing asks for the focus of a child of
     * its window then, and would have it again if it were given to another window before.
     */
    public void awaitInFront(String name) {
        command("in-front " + name);
    }

    /** From now on this window holds the event thread at each paste, before it reads the clipboard; its siblings wait. */
    public void slow(String name, int millis) {
        command("slow " + name + ' ' + millis);
    }

    /** The window closes itself as soon as the next paste has arrived. */
    public void closesAtPaste(String name) {
        command("closes-at-paste " + name);
    }

    /** As soon as the next paste has arrived, the window shows its question on top. */
    public void asksAtPaste(String name) {
        command("asks-at-paste " + name);
    }

    /** Shows a question on top, whose answer to Enter is yes. */
    public void dialog(String name) {
        command("dialog " + name);
    }

    public void undialog(String name) {
        command("undialog " + name);
    }

    /** What a person has begun to write. */
    public void draft(String name, String text) {
        command("draft " + name + ' ' + escape(text));
    }

    public String input(String name) {
        return JsonMapper.shared().readTree(command("input " + name)).asString();
    }

    /** The centre of the input, relative to the window as X11 knows it: without the window manager's decorations. */
    public Place where(String name) {
        String[] numbers = command("where " + name).split(" ", 2);
        return new Place(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }

    public record Place(int x, int y) {}

    /** A person copies a text in this window: its process owns the clipboard now. */
    public void copy(String name, String text) {
        command("copy " + name + ' ' + escape(text));
    }

    // --------------------------------------------------------------------------------------- what they recorded

    public List<String> submitted(String name) {
        return events(name, "submitted").stream()
                .map(event -> event.get("text").asString())
                .toList();
    }

    /** Characters that came by key and belong to no paste and no submit, also those that reached its dialog. */
    public List<String> strayKeys(String name) {
        return events(name, "key").stream()
                .map(event -> event.get("char").asString())
                .toList();
    }

    public int emptySubmits(String name) {
        return events(name, "empty-submit").size();
    }

    public List<JsonNode> events(String name, String kind) {
        return events(name).stream()
                .filter(event -> event.get("event").asString().equals(kind))
                .toList();
    }

    /** Everything in order; {@link ChatWindows} tells the kinds and their fields. */
    public List<JsonNode> events(String name) {
        return events(directory, name);
    }

    static List<JsonNode> events(Path directory, String name) {
        try {
            String lines = Files.readString(directory.resolve(name + ".jsonl"));
            // A process that was killed, or is writing, may leave half a line
            return lines.substring(0, lines.lastIndexOf('\n') + 1)
                    .lines()
                    .map(line -> JsonMapper.shared().readTree(line))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path directory() {
        return directory;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** {@code kill -9}, and waits for the end. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    // ------------------------------------------------------------------------------------------------ the process

    private synchronized String command(String line) {
        try {
            commands.write(line + '\n');
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the chat windows are gone, at: " + line, e);
        }
        String answer = next(answers);
        if (!answer.startsWith("OK")) {
            throw new IllegalStateException(line + ": " + answer);
        }
        return answer.substring(2).strip();
    }

    static ProcessBuilder java(Class<?> main, Path directory, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Several of these run beside the service on two cores: quick to start, and small
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx256m"));
        // Debian's Java may be set to load a bridge for screen readers, which looks for a session bus for seconds
        command.addAll(List.of("-Djava.awt.headless=false", "-Djavax.accessibility.assistive_technologies="));
        command.addAll(List.of("-cp", classes().toString(), main.getName(), "--dir", directory.toString()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("stderr.log").toFile()));
    }

    private static Path classes() {
        try {
            return Path.of(ChatWindows.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static void collect(Process process, BlockingQueue<String> lines) {
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader out =
                            new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
                        out.lines().forEach(lines::add);
                    } catch (IOException | UncheckedIOException e) {
                        // Killed while it was read: the same end
                    }
                    lines.add("ERR ended");
                },
                "answers of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    static void awaitReady(BlockingQueue<String> lines, Path directory) throws IOException {
        String answer = next(lines);
        if (!answer.equals("READY")) {
            throw new IllegalStateException(
                    "said " + answer + " instead of READY: " + Files.readString(directory.resolve("stderr.log")));
        }
    }

    private static String next(BlockingQueue<String> answers) {
        try {
            String answer = answers.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            return answer == null ? "ERR no answer within " + LIMIT_SECONDS + " s" : answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String escape(String text) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '\\' || c > '~') {
                line.append(String.format("\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
        return line.toString();
    }
}
