package dev.deskpost.desktop.x11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deskpost.desktop.DesktopTaken;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.x11.wire.DisplayName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayLockFileTest {

    private static final DisplayName DISPLAY = DisplayName.parse(":4711");

    @TempDir
    private Path given;

    private Path directory;

    @BeforeEach
    void resolve_links_as_the_lock_directory_does() throws IOException {
        directory = given.toRealPath();
    }

    @Nested
    class Its_name {

        @ParameterizedTest
        @CsvSource({
            ":0, :0.0",
            ":0, :0.1",
            ":0, unix/:0",
            ":0, unix:0",
            "localhost:0, LOCALHOST:0.0",
            "localhost:0, 127.0.0.1:0",
            "localhost:0, tcp/localhost:0",
            "localhost:0, [::1]:0"
        })
        void is_the_same_for_all_spellings_of_a_display(String one, String other) {
            assertThat(name(one)).isEqualTo(name(other));
        }

        @ParameterizedTest
        @CsvSource({":0, :1", ":1, :10", ":0, localhost:0", "a:0, b:0", "a_b:0, a b:0", "'a-1:0', 'a:10'"})
        void tells_displays_apart_that_may_be_different(String one, String other) {
            assertThat(name(one)).isNotEqualTo(name(other));
        }

        @ParameterizedTest
        @CsvSource({"..:0", "a\\b:0", "'a b:0'", "ü:0", "[fe80::1]:0"})
        void is_one_name_without_odd_characters(String display) {
            assertThat(name(display)).matches("[A-Za-z0-9.%+_*-]+").startsWith("deskpost-display-");
        }

        private static String name(String display) {
            return DisplayLockFile.fileName(DisplayName.parse(display));
        }
    }

    @Nested
    class The_lock {

        @Test
        void lies_in_a_file_of_its_owner_alone() throws IOException {
            try (DisplayLockFile lock = DisplayLockFile.take(directory, DISPLAY)) {
                assertThat(lock).isNotNull();
                Path file = directory.resolve("deskpost-display-4711.lock");
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }

        @Test
        void is_held_once_in_a_process_and_free_again_after_it_was_given_back() {
            DisplayLockFile first = DisplayLockFile.take(directory, DISPLAY);
            assertThatThrownBy(() -> DisplayLockFile.take(directory, DISPLAY))
                    .isInstanceOf(DesktopTaken.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            first.close();
            DisplayLockFile.take(directory, DISPLAY).close();
        }

        @Test
        void keeps_other_processes_out_also_after_this_one_tried_it_twice() {
            try (DisplayLockFile first = DisplayLockFile.take(directory, DISPLAY)) {
                assertThat(first).isNotNull();
                assertThatThrownBy(() -> DisplayLockFile.take(directory, DISPLAY))
                        .isInstanceOf(DesktopTaken.class);
                try (AnotherDeskpost other = AnotherDeskpost.withTheFileAlone(":4711", directory)) {
                    assertThat(other.answer())
                            .contains("process " + ProcessHandle.current().pid())
                            .contains("delivers to :4711");
                    first.close();
                    other.tryAgain();
                    assertThat(other.delivers()).isTrue();
                }
            }
        }

        @Test
        void is_free_when_its_process_was_killed() {
            try (AnotherDeskpost other = AnotherDeskpost.withTheFileAlone(":4711", directory)) {
                assertThat(other.delivers()).isTrue();
                assertThatThrownBy(() -> DisplayLockFile.take(directory, DISPLAY))
                        .isInstanceOf(DesktopTaken.class)
                        .hasMessageContaining("process " + other.pid());
                other.kill();
                DisplayLockFile.take(directory, DISPLAY).close();
            }
        }

        @Test
        void is_not_taken_through_a_link() throws IOException {
            Path elsewhere = Files.writeString(given.resolve("elsewhere"), "precious");
            Files.createSymbolicLink(directory.resolve("deskpost-display-4711.lock"), elsewhere);
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> DisplayLockFile.take(directory, DISPLAY))
                        .isInstanceOf(DesktopUnavailable.class)
                        .isNotInstanceOf(DesktopTaken.class);
            }
            assertThat(elsewhere).hasContent("precious");
        }
    }
}
