package dev.deskpost.desktop.x11;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {

    @Test
    void the_start_of_a_process_is_when_it_began_whatever_it_is_called(@TempDir Path directory) throws Exception {
        Instant before = Instant.now();
        Process process = start(directory, "a ) (b 1 2");
        try {
            Optional<Instant> started = Processes.startedAt(process.pid());
            // The kernel says when it booted in whole seconds.
            assertThat(started.orElseThrow())
                    .isBetween(before.minusSeconds(2), Instant.now().plusSeconds(2));
            assertThat(Processes.startedAt(process.pid())).isEqualTo(started);
            assertThat(Processes.name(process.pid())).isEqualTo("a ) (b 1 2");
        } finally {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        assertThat(Processes.startedAt(process.pid())).isEmpty();
    }

    @Test
    void it_is_what_the_runtime_says_but_for_rounding() {
        Instant said = ProcessHandle.current().info().startInstant().orElseThrow();
        assertThat(Processes.startedAt(ProcessHandle.current().pid()).orElseThrow())
                .isBetween(said.minus(Duration.ofSeconds(1)), said.plus(Duration.ofSeconds(1)));
    }

    private static Process start(Path directory, String name) throws IOException {
        Path program = Files.createSymbolicLink(directory.resolve(name), Path.of("/bin/sleep"));
        return new ProcessBuilder(program.toString(), "60").start();
    }
}
