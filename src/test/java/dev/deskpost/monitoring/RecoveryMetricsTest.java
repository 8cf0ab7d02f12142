package dev.deskpost.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.message.MessageChanged;
import dev.deskpost.message.MessageState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecoveryMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RecoveryMetrics metrics = new RecoveryMetrics();

    @BeforeEach
    void bind() {
        metrics.bindTo(registry);
    }

    private double rate() {
        return registry.get("deskpost.recovery.rate").gauge().value();
    }

    @Test
    void nobody_knows_a_rate_before_the_first() {
        metrics.on(new MessageChanged("msg_1", "agent-2", MessageState.DELIVERED, false));
        metrics.on(new MessageChanged("msg_2", "agent-2", MessageState.PENDING, true));
        assertThat(rate()).isNaN();
    }

    @Test
    void counts_what_became_of_those_that_were_tried_again() {
        metrics.on(new MessageChanged("msg_1", "agent-2", MessageState.DELIVERED, true));
        metrics.on(new MessageChanged("msg_2", "agent-2", MessageState.DELIVERED, true));
        metrics.on(new MessageChanged("msg_3", "agent-2", MessageState.FAILED, true));
        metrics.on(new MessageChanged("msg_4", "agent-2", MessageState.UNCONFIRMED, true));

        assertThat(rate()).isEqualTo(0.5);
        assertThat(registry.get("deskpost.recovery")
                        .tag("outcome", "delivered")
                        .counter()
                        .count())
                .isEqualTo(2);
    }
}
