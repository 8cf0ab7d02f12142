package dev.deskpost.stories;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.lessThan;

import dev.deskpost.desktop.InMemoryDesktop;
import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.RunningService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.TestPropertySource;

/** An X server that was stopped lets everybody wait who asks it something. Who asks the service need not. */
@RunningService
@TestPropertySource(properties = "deskpost.monitoring.refresh=100ms")
class DesktopThatHangsStoryTest {

    @TestConfiguration
    static class Doubles {

        @Bean
        @Primary
        InMemoryDesktop inMemoryDesktop() {
            return new InMemoryDesktop();
        }
    }

    @Autowired
    Api api;

    @Autowired
    InMemoryDesktop desktop;

    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);

    @BeforeEach
    void it_hangs() {
        desktop.beforeStatus(() -> {
            begun.countDown();
            await().atMost(Duration.ofMinutes(1)).until(() -> end.getCount() == 0);
        });
        await().until(() -> begun.getCount() == 0);
    }

    @AfterEach
    void it_goes_on() {
        end.countDown();
        desktop.beforeStatus(() -> {});
    }

    @Test
    void health_queue_and_page_answer_at_once() {
        for (String path :
                List.of("/actuator/health", "/actuator/health/delivery", "/api/v1/queue", "/ui/overview", "/")) {
            api.get(path).then().time(lessThan(5_000L));
        }
    }
}
