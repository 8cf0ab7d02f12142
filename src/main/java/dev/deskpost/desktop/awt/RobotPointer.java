package dev.deskpost.desktop.awt;

import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.Pointer;
import dev.deskpost.desktop.Typist;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.system.ApplicationHome;

/** Pointer and keys, moved and pressed by {@code java.awt.Robot} in a process of its own; see {@link RobotHost} for why. */
public final class RobotPointer implements Pointer, Typist {

    private static final String ENDED = "ended";

    private final Process process;
    private final BufferedWriter commands;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Duration limit;

    private RobotPointer(Process process, Duration limit) {
        this.process = process;
        this.commands = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.limit = limit;
        Thread reader = new Thread(this::readAnswers, "deskpost-robot");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts the process and waits until its robot works.
     *
     * @param environment what the process must know to find the display
     * @param startLimit how long the process may take to start
     * @param limit how long one command may take
     */
    public static RobotPointer start(Map<String, String> environment, Duration startLimit, Duration limit) {
        ProcessBuilder builder = new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        try {
            RobotPointer pointer = new RobotPointer(builder.start(), limit);
            try {
                pointer.ask("hello", startLimit);
                return pointer;
            } catch (DesktopUnavailable e) {
                pointer.close();
                throw e;
            }
        } catch (IOException e) {
            throw new DesktopUnavailable("cannot start the process for java.awt.Robot: " + e, e);
        }
    }

    @Override
    public void moveTo(Point point) {
        ask("move " + point.x() + " " + point.y(), limit);
    }

    @Override
    public void press(KeyChord chord) {
        ask("keys " + chord, limit);
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void ask(String command, Duration patience) {
        @Nullable String answer = null;
        try {
            commands.write(command + "\n");
            commands.flush();
            answer = answers.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (IOException e) {
            answer = ENDED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!"ok".equals(answer)) {
            // An answer that comes late would be taken for that of the next command: this process is of no use any
            // more.
            close();
            throw new DesktopUnavailable("java.awt.Robot does not do '" + command + "': " + why(answer, patience));
        }
    }

    private static String why(@Nullable String answer, Duration patience) {
        if (answer == null) {
            return "no answer within " + patience;
        }
        return answer.contains("Headless") || answer.contains("LinkageError") || answer.contains("NoClassDefFound")
                ? answer + ". This Java has no graphics; install the full one (Debian: openjdk-17-jre)"
                : answer;
    }

    private void readAnswers() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                answers.add(line);
            }
        } catch (IOException e) {
            // The same as its end.
        }
        answers.add(ENDED);
    }

    private static List<String> command() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        @Nullable File jar = new ApplicationHome(RobotHost.class).getSource();
        List<String> small = List.of(
                java,
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=false",
                // Coordinates are pixels, on screens with a scale as well.
                "-Dsun.java2d.uiScale=1");
        List<String> what = jar != null && isNested()
                ? List.of(
                        "-Dloader.main=" + RobotHost.class.getName(),
                        "-cp",
                        jar.getPath(),
                        "org.springframework.boot.loader.launch.PropertiesLauncher")
                : List.of("-cp", System.getProperty("java.class.path"), RobotHost.class.getName());
        return Stream.concat(small.stream(), what.stream()).toList();
    }

    /** In the jar as it is built, which only its own launcher can read; not once its tools have extracted it. */
    private static boolean isNested() {
        URL here = RobotHost.class.getResource(RobotHost.class.getSimpleName() + ".class");
        return here != null && here.toString().contains("!BOOT-INF/classes/");
    }
}
