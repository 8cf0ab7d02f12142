package dev.deskpost.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deskpost.DeskpostApplication;
import dev.deskpost.desktop.InMemoryDesktop;
import dev.deskpost.fixtures.EventReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** The server waits for open answers before it stops, and a stream has no end of its own. */
class StreamsEndWithTheServiceTest {

    /** The server would wait for 30 s. */
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    /** Without an annotation: nobody else is to find it. */
    static class Desk {

        @Bean
        @Primary
        InMemoryDesktop inMemoryDesktop() {
            return new InMemoryDesktop();
        }
    }

    @Test
    void who_listens_does_not_hold_up_its_end(@TempDir Path home) throws Exception {
        ConfigurableApplicationContext service = new SpringApplicationBuilder(DeskpostApplication.class, Desk.class)
                .run("--deskpost.home=" + home, "--server.port=0", "--deskpost.events.heartbeat=1h");
        String port = service.getEnvironment().getRequiredProperty("local.server.port");
        String token = Files.readString(home.resolve("token")).trim();
        try (EventReader reader =
                EventReader.open(URI.create("http://127.0.0.1:" + port + "/api/v1/events?types=alert"), token, null)) {
            long begun = System.nanoTime();
            service.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(AT_ONCE);
            await().atMost(AT_ONCE).until(reader::hasEnded);
        }
    }
}
