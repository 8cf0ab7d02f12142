package dev.deskpost.desktop.x11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.deskpost.desktop.DesktopUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockDirectoryTest {

    @TempDir
    private Path given;

    private Path temporary;
    private Path own;

    @BeforeEach
    void name_what_is_expected() throws IOException {
        temporary = Files.createDirectory(given.toRealPath().resolve("tmp"));
        own = temporary.resolve("deskpost-alice");
    }

    private Path found(@Nullable Path runtimeDirectory) {
        String runtime = runtimeDirectory == null ? null : runtimeDirectory.toString();
        return new LockDirectory(runtime, temporary, "alice").path();
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static Path mode(Path file, String permissions) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    /** Only root can give a file away. */
    private static void giveAway(Path file) throws IOException {
        assumeTrue("root".equals(Files.getOwner(Path.of("/proc/self")).getName()), "needs root");
        Files.setOwner(
                file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    }

    @Test
    void is_the_runtime_directory_of_this_user() throws IOException {
        Path runtime = mode(Files.createDirectory(given.resolve("run")), "rwx------");
        assertThat(found(runtime)).isEqualTo(runtime.toRealPath());
        assertThat(own).doesNotExist();
    }

    @Test
    void is_made_for_its_owner_alone_below_the_temporary_one_without_a_runtime_directory() throws IOException {
        assertThat(found(null)).isEqualTo(own);
        assertThat(permissions(own)).isEqualTo("rwx------");
        assertThat(found(null)).as("the second time").isEqualTo(own);
    }

    @Test
    void is_not_a_runtime_directory_that_is_missing_a_link_relative_or_open_to_others() throws IOException {
        Path real = mode(Files.createDirectory(given.resolve("run")), "rwx------");
        assertThat(found(given.resolve("no-such"))).isEqualTo(own);
        assertThat(found(Files.createSymbolicLink(given.resolve("link"), real))).isEqualTo(own);
        assertThat(found(Path.of("target"))).isEqualTo(own);
        assertThat(found(mode(real, "rwx----w-"))).isEqualTo(own);
        assertThat(found(mode(real, "rwx-w----"))).isEqualTo(own);
    }

    @Test
    void is_not_the_runtime_directory_of_somebody_else() throws IOException {
        Path foreign = mode(Files.createDirectory(given.resolve("run")), "rwx------");
        giveAway(foreign);
        assertThat(found(foreign)).isEqualTo(own);
    }

    @Test
    void is_refused_where_a_link_lies_in_its_place() throws IOException {
        Path elsewhere = mode(Files.createDirectory(given.resolve("elsewhere")), "rwx------");
        Files.createSymbolicLink(own, elsewhere);
        assertRefused();
    }

    @Test
    void is_refused_where_a_link_to_nothing_lies_in_its_place() throws IOException {
        Files.createSymbolicLink(own, given.resolve("nothing"));
        assertRefused();
    }

    @Test
    void is_refused_where_others_may_write() throws IOException {
        mode(Files.createDirectory(own), "rwxrwxrwx");
        assertRefused();
    }

    @Test
    void is_refused_where_a_file_lies_in_its_place() throws IOException {
        Files.createFile(own);
        assertRefused();
    }

    @Test
    void is_refused_where_it_belongs_to_somebody_else() throws IOException {
        mode(Files.createDirectory(own), "rwx------");
        giveAway(own);
        assertRefused();
    }

    @Test
    void stays_below_the_temporary_one_whatever_the_user_is_called() {
        Path odd = new LockDirectory(null, temporary, "../../a b").path();
        assertThat(odd.getParent()).isEqualTo(temporary);
    }

    private void assertRefused() {
        assertThatThrownBy(() -> found(null))
                .isInstanceOf(DesktopUnavailable.class)
                .hasMessageContaining(own.toString())
                .hasMessageContaining("XDG_RUNTIME_DIR");
    }
}
