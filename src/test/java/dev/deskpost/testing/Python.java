package dev.deskpost.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The system's Python: one that comes first in PATH may lack the packages that the system's package manager brought. */
final class Python {

    private static final String SYSTEM = "/usr/bin/python3";

    private Python() {}

    /** Runs a script from the test resources, which is put into a directory for that; arguments may be added. */
    static ProcessBuilder script(String name, Path directory) throws IOException {
        Path script = directory.resolve(name);
        try (InputStream source = Python.class.getResourceAsStream(name)) {
            Files.copy(Objects.requireNonNull(source, name), script);
        }
        return new ProcessBuilder(new ArrayList<>(List.of(SYSTEM, script.toString())));
    }

    /** Whether a line of Python runs without an error. */
    static boolean knows(String line) {
        try {
            return Files.isExecutable(Path.of(SYSTEM))
                    && new ProcessBuilder(SYSTEM, "-c", line)
                                    .redirectErrorStream(true)
                                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                    .start()
                                    .waitFor()
                            == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
