package dev.deskpost.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.deskpost.DeskpostApplication;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What somebody reads who starts the profile {@code postgres} without saying where PostgreSQL is, or wrongly. */
@ExtendWith(OutputCaptureExtension.class)
class PostgresStartTest {

    @TempDir
    private Path home;

    @Test
    void without_a_url_it_says_what_to_set(CapturedOutput output) {
        assertThat(start()).isNotNull();

        assertThat(output)
                .contains("The profile 'postgres' is active, but spring.datasource.url is not set")
                .contains("Set spring.datasource.url=jdbc:postgresql://");
        assertThat(home).as("nothing was opened there").isEmptyDirectory();
    }

    @Test
    void with_the_url_of_something_else_it_does_so_too(CapturedOutput output) {
        assertThat(start("--spring.datasource.url=jdbc:h2:mem:x")).isNotNull();

        assertThat(output).contains("names no PostgreSQL: jdbc:h2:mem:x");
    }

    @Test
    void where_nobody_answers_it_says_so_in_two_sentences(CapturedOutput output) {
        assertThat(start("--spring.datasource.url=jdbc:postgresql://localhost:1/deskpost"))
                .isNotNull();

        assertThat(output)
                .contains("PostgreSQL cannot be used: Connection to localhost:1 refused")
                .contains("Look whether it runs");
    }

    private Throwable start(String... arguments) {
        return catchThrowable(() -> new SpringApplicationBuilder(DeskpostApplication.class)
                .run(Stream.concat(
                                Stream.of(
                                        "--spring.profiles.active=postgres",
                                        "--deskpost.home=" + home,
                                        "--server.port=0",
                                        "--spring.datasource.hikari.initialization-fail-timeout=1"),
                                Stream.of(arguments))
                        .toArray(String[]::new)));
    }
}
