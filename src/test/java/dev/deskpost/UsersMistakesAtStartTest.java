package dev.deskpost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What somebody reads whose home directory or what lies in it cannot be used: two sentences, and no stack trace. */
@ExtendWith(OutputCaptureExtension.class)
class UsersMistakesAtStartTest {

    private static final String STACK_TRACE = "\tat ";

    @TempDir
    private Path home;

    @Test
    void a_home_that_is_a_file(CapturedOutput output) throws IOException {
        Path file = Files.writeString(home.resolve("file"), "");

        assertThat(start(file)).isNotNull();

        assertThat(output)
                .contains("The home directory " + file + " cannot be used: it is a file, and no directory")
                .contains("--deskpost.home=DIR")
                .doesNotContain(STACK_TRACE);
        assertThat(file).isEmptyFile();
    }

    @Test
    void a_home_that_cannot_be_made(CapturedOutput output) {
        Path nowhere = Path.of("/proc/deskpost/home"); // Where not even root can make one.

        assertThat(start(nowhere)).isNotNull();

        assertThat(output)
                .contains("The home directory " + nowhere + " cannot be used: it does not exist, and")
                .contains("cannot be made in /proc")
                .doesNotContain(STACK_TRACE);
    }

    @Test
    void a_token_file_without_a_token(CapturedOutput output) throws IOException {
        Path token = Files.writeString(home.resolve("token"), "");

        assertThat(start(home)).isNotNull();

        assertThat(output)
                .contains("The token file " + token + " is empty, or what it holds is no bearer token")
                .contains("Delete it to get a new token")
                .doesNotContain(STACK_TRACE);
    }

    @Test
    void a_damaged_database(CapturedOutput output) throws IOException {
        Path database = Files.writeString(home.resolve("deskpost.mv.db"), "\7".repeat(100_000));

        assertThat(start(home)).isNotNull();

        assertThat(output)
                .contains("The database " + database + " is damaged")
                .contains("The accepted messages, the recipients and the attempts are in it")
                .contains("docs/troubleshooting.md")
                .doesNotContain(STACK_TRACE);
        assertThat(database).as("nothing is lost by the start").hasSize(100_000);
    }

    @Test
    void a_home_that_others_can_look_into_is_warned_about_and_the_messages_are_for_its_owner_all_the_same(
            CapturedOutput output) throws IOException {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectory(home.resolve("token")); // Ends the start after the database was opened, or before.

        assertThat(start(home)).isNotNull();

        assertThat(output).contains("run: chmod 700 " + home);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                .isEqualTo("rwxr-xr-x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("deskpost.mv.db"))))
                .isEqualTo("rw-------");
    }

    @Test
    void a_database_that_others_can_read_is_warned_about(CapturedOutput output) throws IOException {
        Path database = Files.writeString(home.resolve("deskpost.mv.db"), "\7".repeat(100_000));
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(start(home)).isNotNull();

        assertThat(output).contains("run: chmod 600 " + database);
    }

    @Test
    void a_first_start_warns_of_nothing_that_nobody_can_mend(CapturedOutput output) {
        assertThat(start(home)).isNull();

        // Services of other tests live on beside this one, on threads of their own.
        assertThat(output.toString().lines().filter(line -> line.contains(" WARN ") && line.contains(" main] ")))
                .as("only that there is no desktop here")
                .allMatch(line -> line.contains("esktop cannot be used") || line.contains("it cannot be used now"));
    }

    private static Throwable start(Path home) {
        return catchThrowable(() -> new SpringApplicationBuilder(DeskpostApplication.class)
                .run("--deskpost.home=" + home, "--server.port=0", "--deskpost.desktop.display=:987")
                .close());
    }
}
