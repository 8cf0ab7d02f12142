package dev.deskpost.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.InMemoryDesktop;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DesktopLockMetersTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final InMemoryDesktop desktop = new InMemoryDesktop();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void bind() {
        new DesktopLockMeters(desktop).bindTo(registry);
    }

    @Test
    void they_show_the_waits_at_the_lock_of_the_desktop() throws Exception {
        DesktopSession session = desktop.acquire(LIMIT).orElseThrow();
        Duration patience = Duration.ofMillis(20);
        CompletableFuture<Boolean> other =
                CompletableFuture.supplyAsync(() -> desktop.acquire(patience).isPresent());
        assertThat(other.get(10, TimeUnit.SECONDS)).isFalse();

        assertThat(registry.get("deskpost.desktop.lock.acquisitions")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("deskpost.desktop.lock.contended")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("deskpost.desktop.lock.timeouts")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("deskpost.desktop.lock.wait").functionTimer().count())
                .isEqualTo(1);
        double waited = desktop.lockFigures().totalWait().toNanos() / 1e6;
        assertThat(waited).isGreaterThanOrEqualTo(20);
        assertThat(registry.get("deskpost.desktop.lock.wait").functionTimer().totalTime(TimeUnit.MILLISECONDS))
                .isCloseTo(waited, within(1e-6));
        assertThat(registry.get("deskpost.desktop.lock.wait.longest")
                        .timeGauge()
                        .value(TimeUnit.MILLISECONDS))
                .isCloseTo(waited, within(1e-6));
        session.close();
    }

    @Test
    void they_show_who_waits_now() throws Exception {
        DesktopSession session = desktop.acquire(LIMIT).orElseThrow();
        CompletableFuture<Void> other =
                CompletableFuture.runAsync(() -> desktop.acquire(LIMIT).ifPresent(DesktopSession::close));
        await().atMost(LIMIT)
                .until(() ->
                        registry.get("deskpost.desktop.lock.waiting").gauge().value() == 1);
        session.close();
        other.get(10, TimeUnit.SECONDS);
        assertThat(registry.get("deskpost.desktop.lock.waiting").gauge().value())
                .isZero();
    }
}
