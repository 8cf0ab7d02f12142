package dev.deskpost;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;

class EndWhenBrokenTest {

    /** What may stand in the way of the end. */
    static final class Broken {

        private Broken() {}

        public static void main(String[] args) {
            Runnable forEver = () -> {
                while (true) {
                    LockSupport.park();
                }
            };
            switch (args[0]) {
                case "a stop that never ends" -> Runtime.getRuntime().addShutdownHook(new Thread(forEver));
                case "a thread that never ends" -> new Thread(forEver).start();
                default -> throw new IllegalArgumentException(args[0]);
            }
            new EndWhenBroken(Duration.ofMillis(300))
                    .onApplicationEvent(new AvailabilityChangeEvent<>("a test", LivenessState.BROKEN));
            forEver.run();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a stop that never ends", "a thread that never ends"})
    void the_process_ends_in_spite_of(String what) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Broken.class.getName(),
                        what)
                .inheritIO()
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
            assertThat(process.exitValue()).isEqualTo(EndWhenBroken.EXIT_CODE);
        } finally {
            process.destroyForcibly();
        }
    }
}
