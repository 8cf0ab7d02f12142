package dev.deskpost.desktop.x11;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** What this machine knows about a process. */
final class Processes {

    private static final String BOOT_TIME = "btime ";

    /** The number of the field in {@code stat}, from 1. */
    private static final int START_TIME = 22;

    /** What Linux counts in towards programs, whatever its own clock does (USER_HZ). */
    private static final int TICKS_A_SECOND = 100;

    /** Asked once: it moves when the clock is set, and a process must not seem to be another one then. */
    private static final Optional<Instant> BOOTED = booted();

    private Processes() {}

    /** The name that {@code ps} shows (proc(5), {@code comm}), empty if there is no such process. */
    static String name(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "comm"))
                    .trim();
        } catch (IOException | RuntimeException notHere) {
            return ProcessHandle.of(pid)
                    .flatMap(process -> process.info().command())
                    .map(command -> String.valueOf(Path.of(command).getFileName()))
                    .orElse("");
        }
    }

    /**
     * When it began, to a hundredth of a second: with the id it tells one process from another. Read from proc(5), {@code
     * stat}. What {@link ProcessHandle#info} reads besides, the command line, lies in the memory of the process: if that
     * hangs in the kernel, so does who asks, and this is asked while the X server is grabbed.
     */
    static Optional<Instant> startedAt(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            // The name, in brackets, may hold brackets and spaces itself. After it comes the third field.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = Long.parseLong(fields[START_TIME - 3]);
            return BOOTED.map(boot -> boot.plusMillis(ticks * 1000 / TICKS_A_SECOND));
        } catch (IOException | RuntimeException notHere) {
            return BOOTED.isPresent()
                    ? Optional.empty()
                    : ProcessHandle.of(pid).flatMap(process -> process.info().startInstant());
        }
    }

    private static Optional<Instant> booted() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/stat"), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith(BOOT_TIME))
                    .findFirst()
                    .map(line -> Instant.ofEpochSecond(
                            Long.parseLong(line.substring(BOOT_TIME.length()).trim())));
        } catch (IOException | RuntimeException notLinux) {
            return Optional.empty();
        }
    }
}
