package dev.deskpost.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands on a command line. */
class CommandsTest {

    @ParameterizedTest
    @ValueSource(strings = {"status", "send", "help", "--help", "-h", "--version", "-V", "--queue-status", "stauts"})
    void a_word_is_a_command(String first) {
        assertThat(Commands.areMeantBy(first, "--server.port=1")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--server.port=8081",
                "--deskpost.home=/tmp/x",
                "--spring.profiles.active=postgres",
                "--debug",
                ""
            })
    void a_property_starts_the_service(String first) {
        assertThat(Commands.areMeantBy(first, "--debug")).isFalse();
        assertThat(Commands.areMeantBy(first)).isFalse();
        assertThat(Commands.areMeantBy()).isFalse();
    }

    @Test
    void options_before_the_command_do_not_start_the_service_and_are_refused() {
        assertThat(Commands.areMeantBy("--json", "--url=http://x", "status")).isTrue();
        assertThat(Commands.areMeantBy("--json", "--queue-status")).isTrue();
        assertThat(Commands.areMeantBy("--deskpost.home", "/tmp/x")).isTrue();
        assertThat(Commands.run("", new String[] {"--json", "--url=http://x", "status"}))
                .isEqualTo(ExitCodes.USAGE);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080, http://127.0.0.1:8080",
        "http://127.0.0.1:8080//, http://127.0.0.1:8080",
        "https://desk.example/deskpost/, https://desk.example/deskpost",
        "http://[::1]:8080, http://[::1]:8080"
    })
    void an_address_is_where_the_service_answers(String given, String expected) {
        assertThat(ServiceAddress.parse(given)).hasToString("Optional[" + expected + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1:8080",
                "ftp://x",
                "http://",
                "http://user:secret@x",
                "http://x/?a",
                "http://x/#a",
                "http://a b"
            })
    void other_addresses_are_none(String given) {
        assertThat(ServiceAddress.parse(given)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T19:10:00Z, 2026-11-21T19:10:00Z",
        "2026-11-21T20:10+01:00, 2026-11-21T19:10:00Z",
        "+30s, 2026-11-21T19:00:30Z",
        "+10m, 2026-11-21T19:10:00Z",
        "+2H, 2026-11-21T21:00:00Z",
        "+1d, 2026-11-22T19:00:00Z"
    })
    void a_time_is_a_moment_or_counts_from_now(String given, Instant expected) {
        assertThat(Typed.time(given, Instant.parse("2026-11-21T19:00:00Z"))).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "10m", "+10", "2026-11-21", "2026-11-21T19:10:00", "+9999999999d"})
    void other_times_are_none(String given) {
        assertThat(Typed.time(given, Instant.EPOCH)).isEmpty();
    }

    @Test
    void an_argument_that_java_could_not_read_is_not_sent() {
        assertThatThrownBy(() -> Typed.argument("gr\uFFFD\uFFFDn")).hasMessageContaining("LC_ALL");
    }

    @Nested
    class The_token {

        @TempDir
        Path home;

        @Test
        void is_said_on_the_command_line_or_in_the_environment_or_lies_in_the_home() throws IOException {
            Path file = Files.writeString(home.resolve("other"), "in-file\n");
            Files.writeString(home.resolve("token"), "in-home\n");
            Map<String, String> environment =
                    Map.of("DESKPOST_HOME", home.toString(), "DESKPOST_TOKEN", "in-environment");

            assertThat(Token.find("given", file, environment).secret()).isEqualTo("given");
            assertThat(Token.find(null, file, environment).secret()).isEqualTo("in-file");
            assertThat(Token.find(null, null, environment).secret()).isEqualTo("in-environment");
            assertThat(Token.find(null, null, Map.of("DESKPOST_HOME", home.toString(), "DESKPOST_TOKEN", " "))
                            .secret())
                    .isEqualTo("in-home");
        }

        @ParameterizedTest
        @ValueSource(strings = {"two words", "a\nb", "grün", "=", "\u0000"})
        void is_one_that_can_be_sent(String wrong) {
            assertThatThrownBy(() -> Token.find(wrong, null, Map.of()))
                    .isInstanceOf(GivenUp.class)
                    .message()
                    .doesNotContain(wrong.equals("=") ? "==" : wrong);
        }

        @Test
        void is_never_printed() {
            assertThat(Token.find("secret-1", null, Map.of())).asString().isEqualTo("the token from --token");
        }
    }
}
