package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.DesktopTaken;
import dev.deskpost.desktop.x11.wire.DisplayName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A second Deskpost on a display, or one that holds the lock file alone, as a process of its own. It tries to deliver at
 * once, and again for each line on its input; {@link #answer} says what came of it. Ends with its input.
 */
final class AnotherDeskpost implements AutoCloseable {

    private static final String DELIVERS = "delivers";

    /** Tells the answers from the log, which goes the same way. */
    private static final String ANSWER = "answer: ";

    private final Process process;
    private final BufferedReader answers;

    private AnotherDeskpost(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(AnotherDeskpost.class.getName());
        command.addAll(arguments);
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            answers = process.inputReader();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that delivers to a display. */
    static AnotherDeskpost on(String display, Path authority, Path runtimeDirectory) {
        return new AnotherDeskpost(List.of("desktop", display, authority.toString(), runtimeDirectory.toString()));
    }

    /** One that has got no further than the lock file. */
    static AnotherDeskpost withTheFileAlone(String display, Path directory) {
        return new AnotherDeskpost(List.of("file", display, directory.toString()));
    }

    long pid() {
        return process.pid();
    }

    /** What came of its last try: {@code delivers}, or why it stands by. */
    String answer() {
        try {
            String line = answers.readLine();
            while (line != null && !line.startsWith(ANSWER)) {
                line = answers.readLine();
            }
            return line == null ? "it has ended" : line.substring(ANSWER.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean delivers() {
        return answer().equals(DELIVERS);
    }

    void tryAgain() {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    public static void main(String[] arguments) throws IOException {
        Runnable deliver = arguments[0].equals("file")
                ? () -> DisplayLockFile.take(Path.of(arguments[2]), DisplayName.parse(arguments[1]))
                : delivery(arguments[1], Path.of(arguments[2]), arguments[3]);
        do {
            try {
                deliver.run();
                System.out.println(ANSWER + DELIVERS);
            } catch (DesktopTaken e) {
                System.out.println(ANSWER + e.reason());
            }
        } while (System.in.read() >= 0);
    }

    private static Runnable delivery(String display, Path authority, String runtimeDirectory) {
        X11Desktop desktop = Displays.desktop(display, authority, Path.of(runtimeDirectory));
        return () -> desktop.acquire(Duration.ofSeconds(5)).ifPresent(DesktopSession::close);
    }
}
