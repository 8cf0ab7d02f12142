package dev.deskpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.deskpost.message.Claim;
import dev.deskpost.message.Priority;
import dev.deskpost.message.Trigger;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProcessorTest {

    private static final Claim CLAIM = new Claim(
            "msg_1", 1, 1, 3, Trigger.FIRST, "agent-1", Priority.NORMAL, "hello", null, Instant.EPOCH, Instant.EPOCH);

    private final MutableClock clock = new MutableClock();
    private final Processor processor = new Processor(clock, mock(PauseSwitch.class));

    @Test
    void it_was_never_heard_of_before_its_first_turn() {
        assertThat(processor.lastActivityAt()).isNull();
        processor.looking();
        assertThat(processor.lastActivityAt()).isEqualTo(clock.instant());
    }

    @Test
    void each_step_of_a_long_delivery_is_a_sign_of_life() {
        processor.looking();
        processor.started(new AttemptLog(CLAIM, clock));
        for (Step step : Step.values()) {
            clock.advance(Duration.ofSeconds(20));
            processor.noted(CLAIM, step);
            assertThat(processor.lastActivityAt()).isEqualTo(clock.instant());
        }
    }
}
