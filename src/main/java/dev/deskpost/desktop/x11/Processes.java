package dev.deskpost.desktop.x11;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** What this machine knows about a process. */
final class Processes {

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

    static Optional<Instant> startedAt(long pid) {
        return ProcessHandle.of(pid).flatMap(process -> process.info().startInstant());
    }
}
