package dev.deskpost.testing;

import static org.awaitility.Awaitility.await;

import dev.deskpost.testing.ChatWindowsProcess.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code scripts/simulate-agent} in an xterm: a coding agent that takes prompts and proves them by its hooks, or by a
 * file. {@code shift+insert} pastes {@code PRIMARY}, {@code ctrl+shift+v} pastes {@code CLIPBOARD}.
 *
 * <pre>{@code
 * SimulatedAgent.assumeAvailable();
 * SimulatedAgent.open(display, "Agent-1", "--agent", "codex", "--recipient", "agent-1",
 *         "--url", url, "--token-file", tokenFile)
 * }</pre>
 */
public final class SimulatedAgent implements TargetWindow, AutoCloseable {

    private static final Path SCRIPT = Path.of("scripts", "simulate-agent").toAbsolutePath();

    private final String title;
    private final Path log;
    private final Process xterm;

    private SimulatedAgent(VirtualDisplay display, String title, List<String> options) throws IOException {
        this.title = title;
        this.log = Files.createTempFile(display.directory(), "agent-", ".jsonl");
        List<String> command = new ArrayList<>(List.of(
                "xterm",
                "-title",
                title,
                "-geometry",
                "80x24",
                "-u8",
                "-xrm",
                "*VT100.translations: #override Ctrl Shift <KeyPress> V: insert-selection(CLIPBOARD)",
                "-e"));
        command.addAll(List.of(SCRIPT.toString(), "--title", title, "--log", log.toString()));
        command.addAll(options);
        ProcessBuilder program =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output().toFile());
        program.environment().put("LC_ALL", "C.UTF-8");
        this.xterm = display.start(program);
    }

    /** Skips the running test, with the reason, where the parts are missing. */
    public static void assumeAvailable() {
        VirtualDisplay.assumeInstalled("xterm");
        VirtualDisplay.assumeInstalled("curl");
    }

    /** Opens the window and returns once the agent in it takes prompts. {@code options}: see its {@code --help}. */
    public static SimulatedAgent open(VirtualDisplay display, String title, String... options) {
        SimulatedAgent agent = start(display, title, options);
        agent.awaitReady(display);
        return agent;
    }

    /** The same without waiting, for several that start at once: {@link #awaitReady}. */
    public static SimulatedAgent start(VirtualDisplay display, String title, String... options) {
        try {
            return new SimulatedAgent(display, title, List.of(options));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void awaitReady(VirtualDisplay display) {
        TargetWindow.awaitReady(display, this);
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public Optional<Place> inputMiddle() {
        return Optional.empty();
    }

    /** Nobody types into it by way of a file: a person's draft has to be typed. */
    @Override
    public void draft(String text) {
        throw new UnsupportedOperationException("type it");
    }

    /** The prompts that it took, in order. */
    @Override
    public List<String> submitted() {
        return events("prompt").stream()
                .map(event -> event.get("text").asString())
                .toList();
    }

    /** How its hooks went, in order: {@code name}, {@code exit}, {@code output}. */
    public List<JsonNode> hooks() {
        return events("hook");
    }

    /** Returns once that many hooks have gone out. */
    public void awaitHooks(int count) {
        await("hooks of " + title)
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(20))
                .until(() -> hooks().size() >= count);
    }

    /** Whether it shows a dialog that Enter would approve. */
    public boolean asks() {
        return events("permission").stream()
                .reduce((earlier, later) -> later)
                .map(event -> event.get("answer").asString().equals("asked"))
                .orElse(false);
    }

    public boolean isAlive() {
        return xterm.isAlive();
    }

    /** How it is, what it recorded and what its terminal complained of, for a test that fails. */
    @Override
    public String toString() {
        try {
            String state = isAlive() ? "runs" : "ended with " + xterm.exitValue();
            return title + " " + state + ": " + events() + Files.readString(output());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path output() {
        return log.resolveSibling(log.getFileName() + ".xterm");
    }

    @Override
    public List<JsonNode> events() {
        try {
            String lines = Files.readString(log);
            return lines.substring(0, lines.lastIndexOf('\n') + 1)
                    .lines()
                    .map(line -> JsonMapper.shared().readTree(line))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        // Its terminal gone, the agent in it ends by itself
        xterm.destroyForcibly().onExit().join();
    }
}
