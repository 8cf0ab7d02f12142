package dev.deskpost.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

class AccessTokenTest {

    @TempDir
    Path home;

    Path file;

    @BeforeEach
    void inTheHome() {
        file = home.resolve("token");
    }

    @Nested
    class On_first_start {

        @Test
        void a_token_is_made_that_only_its_owner_can_read() throws IOException {
            AccessToken.in(file);

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }

        @Test
        void it_is_one_line_that_can_be_sent_as_it_is_and_cannot_be_guessed() throws IOException {
            AccessToken token = AccessToken.in(file);

            String line = Files.readString(file);
            assertThat(line).matches("[A-Za-z0-9_-]{43}\n");
            assertThat(token.is(line.trim())).isTrue();
        }

        @Test
        void it_differs_from_that_of_another_home() throws IOException {
            AccessToken.in(file);
            AccessToken.in(home.resolve("other"));

            assertThat(Files.readString(file)).isNotEqualTo(Files.readString(home.resolve("other")));
        }

        @Test
        void a_place_where_no_file_can_be_made_is_named() {
            Path nowhere = home.resolve("no/such/directory/token");

            assertThatThrownBy(() -> AccessToken.in(nowhere))
                    .isInstanceOf(UnusableToken.class)
                    .hasMessageContaining(nowhere.toString());
        }
    }

    @Nested
    @ExtendWith(OutputCaptureExtension.class)
    class On_a_later_start {

        @Test
        void the_token_is_the_same() throws IOException {
            AccessToken.in(file);
            String made = Files.readString(file);

            AccessToken again = AccessToken.in(file);

            assertThat(Files.readString(file)).isEqualTo(made);
            assertThat(again.is(made.trim())).isTrue();
        }

        @Test
        void a_token_that_a_person_chose_is_taken() throws IOException {
            Files.writeString(file, "  my-own.token_1~+/==\r\n");

            assertThat(AccessToken.in(file).is("my-own.token_1~+/==")).isTrue();
        }

        @Test
        void a_file_that_others_can_read_is_warned_about(CapturedOutput output) throws IOException {
            Files.writeString(file, "a-secret-of-mine");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

            AccessToken.in(file);

            assertThat(output).contains("chmod 600 " + file).doesNotContain("a-secret-of-mine");
        }

        @Test
        void the_token_is_never_logged(CapturedOutput output) throws IOException {
            AccessToken.in(file);

            assertThat(output)
                    .contains(file.toString())
                    .doesNotContain(Files.readString(file).trim());
        }
    }

    @Nested
    @ExtendWith(OutputCaptureExtension.class)
    class Refused {

        @ParameterizedTest
        @ValueSource(strings = {"", "\n", " \t\n", "two words", "two\nlines", "géheim", "=", "\u0000"})
        void a_file_without_a_token_that_could_be_sent_is_named_with_what_to_do(String content) throws IOException {
            Files.writeString(file, content);

            assertThatThrownBy(() -> AccessToken.in(file))
                    .isInstanceOf(UnusableToken.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("is no bearer token");
        }

        @Test
        void a_token_that_could_be_guessed() throws IOException {
            Files.writeString(file, "fifteen-letters");

            assertThatThrownBy(() -> AccessToken.in(file))
                    .isInstanceOf(UnusableToken.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("fewer than 16 characters");
        }

        @Test
        void a_directory_without_a_word_about_its_permissions(CapturedOutput output) throws IOException {
            Files.createDirectory(file);

            assertThatThrownBy(() -> AccessToken.in(file))
                    .isInstanceOf(UnusableToken.class)
                    .hasMessageContaining(file + " is a directory");
            assertThat(output).doesNotContain("chmod");
        }
    }

    @Nested
    class Shown {

        @ParameterizedTest
        @ValueSource(
                strings = {"", "a-secret-of-min", "a-secret-of-mines", "A-secret-of-mine", "a-secret-of-mine ", "\uD800"
                })
        void another_one_is_wrong(String shown) throws IOException {
            Files.writeString(file, "a-secret-of-mine");

            assertThat(AccessToken.in(file).is(shown)).isFalse();
        }
    }
}
