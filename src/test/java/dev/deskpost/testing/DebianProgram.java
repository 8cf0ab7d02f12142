package dev.deskpost.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A program that a Debian package brings, to be run to its end. */
public final class DebianProgram {

    /** {@code scripts/verify} sets it: where it has installed the parts, a test that skips would hide a hole. */
    private static final String MUST_RUN = "DESKPOST_TESTS_MUST_NOT_SKIP";

    private static final long LIMIT_SECONDS = 60;

    private final String name;

    private DebianProgram(String name) {
        this.name = name;
    }

    /** How it ended, and what it wrote to both its outputs. */
    public record Result(int exit, String output) {}

    /** Skips the test where it is missing; fails it where {@code scripts/verify} was to install it. */
    public static DebianProgram required(String name, String fromPackage) {
        if (!isInstalled(name)) {
            String reason = "needs " + name + ": apt-get install " + fromPackage + ", or run scripts/verify";
            if (System.getenv(MUST_RUN) != null) {
                Assertions.fail(reason);
            }
            Assumptions.abort(reason);
        }
        return new DebianProgram(name);
    }

    private static boolean isInstalled(String program) {
        return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** @param input what it reads */
    public Result run(Path directory, String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of(name));
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile("deskpost-" + name, ".out");
            Path given = Files.writeString(Files.createTempFile("deskpost-" + name, ".in"), input);
            try {
                Process process = new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectInput(given.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError(command + " does not end");
                }
                return new Result(process.exitValue(), Files.readString(output, UTF_8));
            } finally {
                Files.delete(output);
                Files.delete(given);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
