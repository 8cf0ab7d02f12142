package dev.deskpost.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VirtualDisplayTest {

    @BeforeAll
    static void needs_an_x_server() {
        VirtualDisplay.assumeAvailable();
    }

    @Test
    void two_run_at_once_and_each_ends_with_all_that_ran_on_it() throws Exception {
        List<Process> programs;
        try (VirtualDisplay one = VirtualDisplay.start();
                VirtualDisplay other = VirtualDisplay.start()) {
            assertThat(one.display()).isNotEqualTo(other.display());
            programs = List.of(
                    one.start(new ProcessBuilder("sleep", "600")), other.start(new ProcessBuilder("sleep", "600")));
            assertThat(programs).allMatch(Process::isAlive);

            other.close();

            assertThat(other.isAlive()).isFalse();
            assertThat(programs.get(1).isAlive()).isFalse();
            assertThat(other.directory()).doesNotExist();
            assertThat(one.isAlive()).isTrue();
            assertThat(one.x11().hasWindowManager()).isTrue();
        }
        assertThat(programs).noneMatch(Process::isAlive);
    }

    @Test
    void a_stranger_without_the_key_is_refused(@TempDir Path directory) throws IOException {
        try (VirtualDisplay display = VirtualDisplay.start(VirtualDisplay.NO_WINDOW_MANAGER)) {
            byte[] keys = Files.readAllBytes(display.authority());
            keys[keys.length - 1] ^= 1;
            Path forged = Files.write(directory.resolve("forged"), keys);

            assertThatThrownBy(() -> X11Wire.connect(display.display(), forged))
                    .hasMessageContaining("the X server refuses");
        }
    }

    @Test
    void without_a_window_manager_nothing_says_that_there_is_one() {
        try (VirtualDisplay display = VirtualDisplay.start(VirtualDisplay.NO_WINDOW_MANAGER)) {
            assertThat(display.x11().hasWindowManager()).isFalse();
        }
    }

    @Test
    void xfwm4_manages_as_well() {
        VirtualDisplay.assumeAvailable(VirtualDisplay.XFWM4);
        try (VirtualDisplay display = VirtualDisplay.start(VirtualDisplay.XFWM4)) {
            assertThat(display.x11().hasWindowManager()).isTrue();
        }
    }

    @Test
    void it_ends_when_the_jvm_that_started_it_is_killed() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Orphan.class.getName())
                .start();
        try (BufferedReader out = jvm.inputReader()) {
            Path directory = Path.of(out.readLine());
            List<ProcessHandle> family = jvm.descendants().toList();
            assertThat(family).hasSizeGreaterThanOrEqualTo(3).allMatch(ProcessHandle::isAlive);

            jvm.destroyForcibly().waitFor();

            await().untilAsserted(() -> assertThat(family).noneMatch(ProcessHandle::isAlive));
            await().until(() -> Files.notExists(directory));
        } finally {
            jvm.destroyForcibly();
        }
    }

    static final class Orphan {

        @SuppressWarnings("resource")
        public static void main(String[] args) throws InterruptedException {
            System.out.println(VirtualDisplay.start().directory());
            Thread.currentThread().join();
        }
    }
}
