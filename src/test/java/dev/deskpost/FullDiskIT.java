package dev.deskpost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.deskpost.fixtures.DeskpostProcess;
import dev.deskpost.testing.VirtualDisplay;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk on which the queue lies is full, for a while. */
class FullDiskIT {

    /** Until it is full there is room for some messages. */
    private static final int ROOM = 256 * 1024;

    private static final int MOST = 1_000;

    private final Random chance = new Random(1);

    @Test
    void it_ends_with_an_error_and_when_started_anew_has_all_that_it_had_accepted(@TempDir Path directory)
            throws Exception {
        VirtualDisplay.assumeAvailable();
        Path home = directory.resolve("home");
        List<String> accepted = new ArrayList<>();
        try (VirtualDisplay display = VirtualDisplay.start()) {
            try (DeskpostProcess service = DeskpostProcess.start(display, home)) {
                service.client().put("/recipients/nobody", "{\"window\":{\"title\":\"^nobody$\"}}");
                accepted.add(send(service));

                service.limitFiles(longest(home) + ROOM);
                String refusal = sendUntilRefused(service, accepted);

                assertThat(service.awaitEnd()).as(service.log()).isEqualTo(EndWhenBroken.EXIT_CODE);
                System.out.println("Disk full: accepted " + accepted.size() + ", then " + refusal);
                assertThat(service.timesSaid("H2 has closed the database by itself"))
                        .isEqualTo(1);
            }
            try (DeskpostProcess service = DeskpostProcess.start(display, home)) {
                assertThat(accepted)
                        .allSatisfy(id -> assertThat(
                                        service.client().message(id).get("id").asString())
                                .isEqualTo(id));
                assertThat(send(service)).isNotEmpty();
            }
        }
    }

    /** Of texts that cannot be compressed. */
    private String send(DeskpostProcess service) {
        byte[] noise = new byte[20_000];
        chance.nextBytes(noise);
        return service.client().send("nobody", Base64.getEncoder().encodeToString(noise));
    }

    private String sendUntilRefused(DeskpostProcess service, List<String> accepted) {
        for (int i = 0; i < MOST; i++) {
            try {
                accepted.add(send(service));
            } catch (AssertionError | UncheckedIOException e) {
                return String.valueOf(e.getMessage());
            }
        }
        return fail("the disk was not full after " + MOST + " messages");
    }

    private static long longest(Path home) throws Exception {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .max()
                    .orElseThrow();
        }
    }
}
