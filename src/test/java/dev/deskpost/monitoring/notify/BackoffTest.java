package dev.deskpost.monitoring.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.monitoring.notify.NotificationProperties.Notifications;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Instant NOW = Instant.parse("2026-11-21T19:05:00Z");

    private static Duration after(int tries, double random, long asked) {
        Notifications settings =
                new Notifications(12, Duration.ofSeconds(1), Duration.ofMinutes(10), 0.2, 100, Duration.ofSeconds(5));
        return new Backoff(settings, () -> random)
                .after(tries, Optional.of(asked).map(Duration::ofSeconds));
    }

    @Test
    void doubles_up_to_the_longest_pause() {
        assertThat(after(1, 0.5, 0)).hasSeconds(1);
        assertThat(after(2, 0.5, 0)).hasSeconds(2);
        assertThat(after(9, 0.5, 0)).hasSeconds(256);
        assertThat(after(11, 0.5, 0)).hasMinutes(10);
        assertThat(after(1000, 0.5, 0)).hasMinutes(10);
    }

    @Test
    void is_somewhat_longer_or_shorter_at_random() {
        assertThat(after(1, 0, 0)).hasMillis(800);
        assertThat(after(1, 1, 0)).hasMillis(1200);
    }

    @Test
    void is_at_least_what_the_receiver_asks_for_and_at_most_the_longest_pause() {
        assertThat(after(1, 0, 30)).hasSeconds(30);
        assertThat(after(6, 0.5, 30)).hasSeconds(32);
        assertThat(after(1, 0.5, 86_400)).hasMinutes(10);
    }

    @Test
    void reads_what_receivers_ask_for() {
        assertThat(RetryAfter.read("120", NOW)).contains(Duration.ofSeconds(120));
        assertThat(RetryAfter.read(" 0.25 ", NOW)).as("Discord").contains(Duration.ofMillis(250));
        assertThat(RetryAfter.read("Sat, 21 Nov 2026 19:05:30 GMT", NOW)).contains(Duration.ofSeconds(30));
        assertThat(RetryAfter.read("Sat, 21 Nov 2026 19:04:30 GMT", NOW)).isEmpty();
        assertThat(RetryAfter.read("soon", NOW)).isEmpty();
        assertThat(RetryAfter.read("-1", NOW)).isEmpty();
        assertThat(RetryAfter.read("99999999999999999999", NOW)).isEmpty();
        assertThat(RetryAfter.read(null, NOW)).isEmpty();
    }
}
