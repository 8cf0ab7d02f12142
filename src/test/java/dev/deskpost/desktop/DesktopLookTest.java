package dev.deskpost.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deskpost.fixtures.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class DesktopLookTest {

    private final HandClock clock = new HandClock();
    private final InMemoryDesktop desktop = new InMemoryDesktop();
    private final DesktopLook look = new DesktopLook(desktop, clock);

    @Test
    void says_what_was_seen_last_however_long_ago() {
        clock.pass(Duration.ofHours(1));
        assertThat(look.latest().available()).isTrue();
        desktop.unavailable("no display");
        look.refresh();
        assertThat(look.latest().reason()).isEqualTo("no display");
        assertThat(look.answeredAt()).isEqualTo(clock.instant());
    }

    @Test
    void says_at_once_that_a_desktop_does_not_answer_until_it_does() {
        Instant answered = look.answeredAt();
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        desktop.beforeStatus(() -> {
            begun.countDown();
            await().until(() -> end.getCount() == 0);
        });
        CompletableFuture<Void> hangs = CompletableFuture.runAsync(look::refresh);
        await().until(() -> begun.getCount() == 0);

        clock.pass(Duration.ofSeconds(10));
        assertThat(look.latest().available()).as("maybe it is only slow").isTrue();
        clock.pass(Duration.ofMillis(1));
        DesktopStatus status = look.latest();
        assertThat(status.available()).isFalse();
        assertThat(status.kind()).isEqualTo("memory");
        assertThat(status.reason()).startsWith("the desktop has not answered since");
        assertThat(look.answeredAt()).isEqualTo(answered);

        end.countDown();
        hangs.join();
        assertThat(look.latest().available()).isTrue();
        assertThat(look.answeredAt()).isEqualTo(clock.instant());
    }
}
