package dev.deskpost.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import dev.deskpost.fixtures.HandClock;
import dev.deskpost.message.Messages;
import dev.deskpost.message.Messages.Figures;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessResourceFailureException;

class DatabaseHealthIndicatorTest {

    private static final Figures NONE = new Figures(0, 0, 0, 0, null);

    private final HandClock clock = new HandClock();
    private final Messages messages = messages();
    private final QueueFigures figures = new QueueFigures(messages, clock);
    private final DatabaseHealthIndicator indicator =
            new DatabaseHealthIndicator(figures, ProcessorHealthIndicatorTest.PROPERTIES);

    private static Messages messages() {
        Messages messages = mock(Messages.class);
        when(messages.figures()).thenReturn(NONE);
        return messages;
    }

    private Status status() {
        return indicator.health().getStatus();
    }

    @Test
    void one_that_answered_a_moment_ago_is_up_and_is_not_asked_again() {
        Mockito.clearInvocations(messages);
        assertThat(status()).isEqualTo(Status.UP);
        verifyNoMoreInteractions(messages);
    }

    @Test
    void one_that_refuses_is_down_until_it_answers() {
        when(messages.figures()).thenThrow(new DataAccessResourceFailureException("away"));
        figures.refresh();
        assertThat(status()).isEqualTo(Status.DOWN);

        doReturn(NONE).when(messages).figures();
        figures.refresh();
        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void one_that_lets_us_wait_is_down_after_the_limit() {
        clock.pass(Duration.ofSeconds(30));
        assertThat(status()).isEqualTo(Status.UP);
        clock.pass(Duration.ofMillis(1));
        assertThat(status()).isEqualTo(Status.DOWN);
    }

    @Test
    void one_that_is_asked_only_now_and_then_is_down_after_three_times_that() {
        MonitoringProperties seldom = mock(MonitoringProperties.class);
        when(seldom.refresh()).thenReturn(Duration.ofMinutes(1));
        when(seldom.databaseLimit()).thenReturn(Duration.ofSeconds(30));
        DatabaseHealthIndicator patient = new DatabaseHealthIndicator(figures, seldom);
        clock.pass(Duration.ofMinutes(3));
        assertThat(patient.health().getStatus()).isEqualTo(Status.UP);
        clock.pass(Duration.ofMillis(1));
        assertThat(patient.health().getStatus()).isEqualTo(Status.DOWN);
    }
}
