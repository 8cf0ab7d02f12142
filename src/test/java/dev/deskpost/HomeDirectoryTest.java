package dev.deskpost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

class HomeDirectoryTest {

    @TempDir
    Path user;

    private String realUser;

    @BeforeEach
    void becomeSomebodyElse() {
        realUser = System.setProperty("user.home", user.toString());
    }

    @AfterEach
    void becomeOneselfAgain() {
        System.setProperty("user.home", realUser);
    }

    @ParameterizedTest(name = "''{0}'' is ''{1}'' of the user")
    @CsvSource({"~/.deskpost, .deskpost", "~/a/../b/./c, b/c", "~, ''", "'', .deskpost", "'  ', .deskpost"})
    void the_tilde_is_the_users_home(String given, String expected) {
        assertThat(homeOf(given)).isEqualTo(user.resolve(expected).normalize()).isDirectory();
    }

    @Test
    void without_a_word_it_is_dot_deskpost_in_the_users_home() {
        assertThat(homeOf(null)).isEqualTo(user.resolve(".deskpost")).isDirectory();
    }

    @Test
    void a_relative_path_becomes_absolute() throws IOException {
        Path relative = Path.of("target/test-homes");
        Files.createDirectories(relative);
        String given = relative + "/" + user.getFileName();

        Path home = homeOf(given);

        assertThat(home).isAbsolute().isEqualTo(Path.of(given).toAbsolutePath()).isDirectory();
        Files.delete(home);
    }

    @Test
    void a_tilde_elsewhere_is_only_a_character() {
        assertThat(homeOf(user + "/~/x~")).isEqualTo(user.resolve("~/x~"));
    }

    @Test
    void it_is_for_its_owner_alone() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(homeOf("~/.deskpost"))))
                .isEqualTo("rwx------");
    }

    @Test
    void one_that_exists_is_left_as_it_is() throws IOException {
        Path home = Files.createDirectory(user.resolve("shared"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(home.resolve("token"), "secret");

        assertThat(homeOf("~/shared")).isEqualTo(home);

        assertThat(home.resolve("token")).hasContent("secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                .isEqualTo("rwxr-xr-x");
    }

    private static Path homeOf(String given) {
        MockEnvironment environment = new MockEnvironment();
        if (given != null) {
            environment.setProperty("deskpost.home", given);
        }
        new HomeDirectory().postProcessEnvironment(environment, new SpringApplication());
        return Path.of(environment.getRequiredProperty("deskpost.home"));
    }
}
