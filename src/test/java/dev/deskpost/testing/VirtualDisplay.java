package dev.deskpost.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.awt.Rectangle;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * An X server without a screen, with a window manager and an access key of its own. Any number may run at once: the
 * server itself picks a free display number.
 *
 * <pre>{@code
 * VirtualDisplay.assumeAvailable();
 * try (VirtualDisplay display = VirtualDisplay.start()) { … }
 * }</pre>
 *
 * <p>{@link #close} ends everything that was started here. Should the JVM be killed before, a small shell that holds a
 * pipe to it does the same.
 */
public final class VirtualDisplay implements AutoCloseable {

    public static final String OPENBOX = "openbox";
    public static final String XFWM4 = "xfwm4";
    /** For a desktop that nobody manages. */
    public static final String NO_WINDOW_MANAGER = "none";

    /** The size of one monitor in pixels. */
    public static final int MONITOR_WIDTH = 1600;

    public static final int MONITOR_HEIGHT = 1000;

    /** {@code scripts/verify} sets it: where it has installed the parts, a test that skips would hide a hole. */
    private static final String MUST_RUN = "DESKPOST_TESTS_MUST_NOT_SKIP";

    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    /**
     * Reads the process ids of our children, one list a line, and when the pipe closes, because this JVM died, ends the X
     * server politely, so that it removes its lock file. Its clients go with it; a second is for those that still clean
     * up, then whatever the last list names is killed.
     */
    private static final String LEASH = """
            trap '' INT TERM HUP
            while read -r line; do pids=$line; done
            kill -TERM "$1"
            sleep 1
            kill -KILL "$1" $pids
            rm -rf "$2"
            """;

    private final Path directory;
    private final Process server;
    private final Process leash;
    private final Set<Process> children = ConcurrentHashMap.newKeySet();
    private final String display;
    private final X11Wire x11;
    private boolean closed;

    private VirtualDisplay(String windowManager, int monitors) throws IOException {
        directory = Files.createTempDirectory("deskpost-display-");
        byte[] cookie = new byte[16];
        new SecureRandom().nextBytes(cookie);
        Path serverKeys = directory.resolve("server-keys");
        writeKey(serverKeys, "", cookie);
        Path number = directory.resolve("display-number");
        List<String> command = new ArrayList<>(List.of(
                "Xvfb", "-displayfd", "1", "-screen", "0", MONITOR_WIDTH * monitors + "x" + MONITOR_HEIGHT + "x24"));
        // It would start anew, and forget the window manager's claims, whenever its last client leaves
        command.add("-noreset");
        command.addAll(List.of("-nolisten", "tcp", "-auth", serverKeys.toString()));
        server = new ProcessBuilder(command)
                .redirectOutput(number.toFile())
                .redirectError(log("Xvfb"))
                .start();
        leash = new ProcessBuilder("sh", "-c", LEASH, "leash", Long.toString(server.pid()), directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            awaitStart(server, "Xvfb", () -> Files.readString(number).endsWith("\n"));
            display = ":" + Files.readString(number).strip();
            writeKey(authority(), display.substring(1), cookie);
            x11 = X11Wire.connect(display, authority());
        } catch (IOException | RuntimeException e) {
            server.destroyForcibly();
            leash.destroyForcibly();
            throw e;
        }
        try {
            if (monitors == 2) {
                x11.setMonitor("left", false, new Rectangle(0, 0, MONITOR_WIDTH, MONITOR_HEIGHT));
                x11.setMonitor("right", true, new Rectangle(MONITOR_WIDTH, 0, MONITOR_WIDTH, MONITOR_HEIGHT));
            }
            manage(windowManager);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    public static VirtualDisplay start() {
        return start(OPENBOX);
    }

    public static VirtualDisplay start(String windowManager) {
        return start(windowManager, 1);
    }

    /** With two monitors side by side, of which the right one is the primary: what is left of it has negative places there. */
    public static VirtualDisplay startWithTwoMonitors() {
        return start(OPENBOX, 2);
    }

    private static VirtualDisplay start(String windowManager, int monitors) {
        try {
            return new VirtualDisplay(windowManager, monitors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Skips the running test, with the reason, where the parts are missing. */
    public static void assumeAvailable() {
        assumeAvailable(OPENBOX);
    }

    public static void assumeAvailable(String windowManager) {
        // Programs, and the Debian packages that bring them
        Map<String, String> parts = switch (windowManager) {
            case OPENBOX -> Map.of("Xvfb", "xvfb", OPENBOX, "openbox");
            case XFWM4 -> Map.of("Xvfb", "xvfb", XFWM4, "xfwm4", "dbus-run-session", "dbus-daemon");
            default -> Map.of("Xvfb", "xvfb");
        };
        assumeInstalled(parts);
    }

    /** The same for a program that a test uses beside the display; its Debian package has the same name. */
    public static void assumeInstalled(String program) {
        assumeInstalled(Map.of(program, program));
    }

    /** The same for one whose package has another name. */
    public static void assumeInstalled(String program, String debianPackage) {
        assumeInstalled(Map.of(program, debianPackage));
    }

    /** The same for what is no program, such as a library: whether it is there, and the Debian packages that bring it. */
    public static void assumeInstalled(boolean there, String... packages) {
        if (!there) {
            skip("needs " + String.join(" and ", packages), String.join(" ", packages));
        }
    }

    private static void assumeInstalled(Map<String, String> parts) {
        List<String> missing = parts.keySet().stream()
                .filter(part -> !isInstalled(part))
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            skip(
                    "needs " + String.join(" and ", missing),
                    missing.stream().map(parts::get).collect(Collectors.joining(" ")));
        }
    }

    private static void skip(String need, String packages) {
        String reason = need + ": apt-get install " + packages + ", or run scripts/verify";
        if (System.getenv(MUST_RUN) != null) {
            Assertions.fail(reason);
        }
        Assumptions.abort(reason);
    }

    private static boolean isInstalled(String program) {
        return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Such as {@code :7}. */
    public String display() {
        return display;
    }

    /** The Xauthority file that lets its readers in. */
    public Path authority() {
        return directory.resolve("Xauthority");
    }

    /** What a program needs in its environment to come here. */
    public Map<String, String> environment() {
        return Map.of("DISPLAY", display, "XAUTHORITY", authority().toString());
    }

    /** A place for files that are gone after {@link #close}. */
    public Path directory() {
        return directory;
    }

    /** Looks at this display and types on it, beside every program under test. */
    public X11Wire x11() {
        return x11;
    }

    /** Starts a program on this display. It is killed with it. */
    public Process start(ProcessBuilder program) throws IOException {
        program.environment().keySet().removeAll(Set.of("WAYLAND_DISPLAY", "XMODIFIERS", "SESSION_MANAGER"));
        program.environment().putAll(environment());
        Process child = program.start();
        children.add(child);
        tellLeash();
        CompletableFuture<Void> unused = child.onExit().thenRun(() -> {
            children.remove(child);
            tellLeash();
        });
        return child;
    }

    /** Starts a program that is soon done, and waits for its end. */
    public void run(String... command) {
        try {
            Process process =
                    start(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log(command[0])));
            if (!process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": "
                        + Files.readString(log(command[0]).toPath()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void manage(String windowManager) throws IOException {
        ProcessBuilder program;
        switch (windowManager) {
            case OPENBOX -> {
                Path config = directory.resolve("openbox.xml");
                try (InputStream own = VirtualDisplay.class.getResourceAsStream("openbox.xml")) {
                    Files.copy(Objects.requireNonNull(own), config);
                }
                program = new ProcessBuilder(OPENBOX, "--sm-disable", "--config-file", config.toString());
            }
            // It asks a service on the session bus for its settings, and ends without
            case XFWM4 -> program = new ProcessBuilder("dbus-run-session", "--", XFWM4, "--compositor=off");
            case NO_WINDOW_MANAGER -> {
                return;
            }
            default -> throw new IllegalArgumentException("no such window manager here: " + windowManager);
        }
        program.environment().put("NO_AT_BRIDGE", "1");
        // So that it neither reads nor writes the settings of the person who runs the tests
        for (String home : List.of("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")) {
            program.environment().put(home, directory.resolve("home").toString());
        }
        Process manager = start(program.redirectErrorStream(true).redirectOutput(log(windowManager)));
        awaitStart(manager, windowManager, x11::hasWindowManager);
    }

    private File log(String program) {
        return directory.resolve(program + ".log").toFile();
    }

    private void awaitStart(Process program, String name, Callable<Boolean> ready) throws IOException {
        try {
            await("start of " + name)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .atMost(START_LIMIT)
                    .until(() -> !program.isAlive() || ready.call());
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException(
                    name + " does not start: " + Files.readString(log(name).toPath()), e);
        }
        if (!program.isAlive()) {
            throw new IllegalStateException(name + " ended with " + program.exitValue() + ": "
                    + Files.readString(log(name).toPath()));
        }
    }

    private void tellLeash() {
        String pids = children.stream().map(child -> Long.toString(child.pid())).collect(Collectors.joining(" "));
        synchronized (leash) {
            try {
                leash.getOutputStream().write((pids + '\n').getBytes(US_ASCII));
                leash.getOutputStream().flush();
            } catch (IOException e) {
                // The leash is gone: so is this display
            }
        }
    }

    /** One Xauthority entry as {@code xauth} writes it: family "local" (256), host, display number, protocol, key. */
    private static void writeKey(Path file, String number, byte[] cookie) throws IOException {
        String host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            out.writeShort(256);
            for (byte[] field : List.of(
                    host.getBytes(UTF_8), number.getBytes(US_ASCII), "MIT-MAGIC-COOKIE-1".getBytes(US_ASCII), cookie)) {
                out.writeShort(field.length);
                out.write(field);
            }
        }
    }

    public boolean isAlive() {
        return server.isAlive();
    }

    /** Ends the X server at once, as a crash of the graphics does: {@code kill -9}. */
    public void kill() {
        end(server.toHandle(), true);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        List<ProcessHandle> family = new ArrayList<>();
        for (Process child : children) {
            child.descendants().forEach(family::add);
            family.add(child.toHandle());
        }
        family.forEach(member -> end(member, true));
        x11.close();
        // Politely, so that it removes its lock file and socket
        end(server.toHandle(), false);
        end(leash.toHandle(), true);
        delete(directory);
    }

    private static void end(ProcessHandle process, boolean atOnce) {
        if (atOnce) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
        try {
            process.onExit().orTimeout(5, TimeUnit.SECONDS).join();
        } catch (RuntimeException e) {
            process.destroyForcibly();
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> content = Files.walk(directory)) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // A program that was killed a moment ago may still have been writing: what stays is in the temp directory
        }
    }
}
