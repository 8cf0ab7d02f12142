package dev.deskpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final List<Duration> DELAYS =
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(45));

    @Test
    void each_try_waits_longer_than_the_one_before_and_the_last_delay_counts_for_all_further() {
        RetryPolicy policy = new RetryPolicy(DELAYS, 0, RandomGenerator.getDefault());

        assertThat(List.of(1, 2, 3, 4, 99))
                .extracting(policy::delayAfter)
                .extracting(Duration::toSeconds)
                .containsExactly(5L, 15L, 45L, 45L, 45L);
    }

    @Test
    void jitter_stays_within_its_share() {
        RetryPolicy policy = new RetryPolicy(DELAYS, 0.1, RandomGenerator.getDefault());

        for (int i = 0; i < 1000; i++) {
            assertThat(policy.delayAfter(1)).isBetween(Duration.ofMillis(4500), Duration.ofMillis(5500));
        }
        assertThat(policy.delayAfter(1)).isNotEqualTo(policy.delayAfter(1));
    }
}
