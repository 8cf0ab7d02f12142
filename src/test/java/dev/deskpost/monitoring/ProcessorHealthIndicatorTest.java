package dev.deskpost.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.deskpost.delivery.DeliveryProperties;
import dev.deskpost.delivery.Processor;
import dev.deskpost.delivery.Step;
import dev.deskpost.fixtures.HandClock;
import dev.deskpost.message.Messages;
import dev.deskpost.message.Messages.Figures;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.util.unit.DataSize;

class ProcessorHealthIndicatorTest {

    static final MonitoringProperties PROPERTIES = new MonitoringProperties(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofMinutes(15),
            Path.of("."),
            DataSize.ofMegabytes(1));

    private final HandClock clock = new HandClock();
    private final Processor processor = mock(Processor.class);
    private QueueFigures figures;
    private ProcessorHealthIndicator indicator;

    @BeforeEach
    void one_message_waits() {
        Messages messages = mock(Messages.class);
        Instant oldest = clock.instant();
        when(messages.figures()).thenReturn(new Figures(1, 0, 0, 0, oldest));
        figures = new QueueFigures(messages, clock);
        indicator = indicator(Duration.ofSeconds(5));
        when(processor.reason()).thenReturn(Optional.empty());
        when(processor.current()).thenReturn(Optional.empty());
        when(processor.startedAt()).thenReturn(clock.instant());
        when(processor.lastActivityAt()).thenReturn(clock.instant());
        is(Processor.State.RUNNING);
    }

    private ProcessorHealthIndicator indicator(Duration pollInterval) {
        DeliveryProperties delivery = mock(DeliveryProperties.class);
        when(delivery.pollInterval()).thenReturn(pollInterval);
        return new ProcessorHealthIndicator(processor, figures, PROPERTIES, delivery, clock);
    }

    private void is(Processor.State state) {
        when(processor.state()).thenReturn(state);
    }

    private Status status() {
        return indicator.health().getStatus();
    }

    @Test
    void one_that_runs_and_was_heard_of_is_up_and_says_how_things_are() {
        clock.pass(Duration.ofSeconds(60));
        when(processor.current()).thenReturn(Optional.of(new Processor.Current("msg_1", "agent-1", Step.FOCUSED)));

        assertThat(status()).isEqualTo(Status.UP);
        assertThat(indicator.health().getDetails())
                .containsEntry("state", Processor.State.RUNNING)
                .containsEntry("uptime", Duration.ofSeconds(60))
                .containsEntry("step", Step.FOCUSED)
                .containsEntry("oldestPendingAge", Duration.ofSeconds(60))
                .doesNotContainValue("msg_1");
    }

    @Test
    void one_that_was_not_heard_of_for_too_long_is_down_whatever_it_says() {
        clock.pass(Duration.ofSeconds(61));
        for (Processor.State state : Processor.State.values()) {
            is(state);
            assertThat(status()).isEqualTo(Status.DOWN);
        }
    }

    @Test
    void one_that_looks_for_messages_only_now_and_then_may_be_silent_for_three_times_that() {
        indicator = indicator(Duration.ofMinutes(2));
        clock.pass(Duration.ofMinutes(6));
        assertThat(status()).isEqualTo(Status.UP);
        clock.pass(Duration.ofMillis(1));
        assertThat(status()).isEqualTo(Status.DOWN);
    }

    @Test
    void one_that_has_ended_is_down() {
        is(Processor.State.STOPPED);
        assertThat(status()).isEqualTo(Status.DOWN);
    }

    @Test
    void one_that_has_not_begun_is_down() {
        when(processor.lastActivityAt()).thenReturn(null);
        assertThat(status()).isEqualTo(Status.DOWN);
    }

    @Test
    void one_that_is_paused_or_stands_by_is_out_of_service_and_says_why() {
        is(Processor.State.PAUSED);
        when(processor.reason()).thenReturn(Optional.of("somebody asked for it"));
        assertThat(status()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(indicator.health().getDetails()).containsEntry("reason", "somebody asked for it");
        is(Processor.State.STANDBY);
        assertThat(status()).isEqualTo(Status.OUT_OF_SERVICE);
    }
}
