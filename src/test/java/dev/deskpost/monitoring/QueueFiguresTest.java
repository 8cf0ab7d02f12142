package dev.deskpost.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.deskpost.fixtures.HandClock;
import dev.deskpost.message.Messages;
import dev.deskpost.message.Messages.Figures;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessResourceFailureException;

@ExtendWith(OutputCaptureExtension.class)
class QueueFiguresTest {

    private static final Figures FEW = new Figures(2, 0, 1, 0, HandClock.START);
    private static final Figures MANY = new Figures(20, 1, 0, 0, HandClock.START);
    private static final Duration LATER = Duration.ofSeconds(5);

    private final HandClock clock = new HandClock();
    private final Messages messages = mock(Messages.class);

    private QueueFigures started() {
        when(messages.figures()).thenReturn(FEW);
        return new QueueFigures(messages, clock);
    }

    @Test
    void they_are_there_from_the_start() {
        QueueFigures figures = started();
        assertThat(figures.latest()).isEqualTo(FEW);
        assertThat(figures.readAt()).isEqualTo(HandClock.START);
        assertThat(figures.age()).isZero();
    }

    @Test
    void they_are_read_on_the_timer_and_not_when_somebody_asks() {
        QueueFigures figures = started();
        when(messages.figures()).thenReturn(MANY);
        clock.pass(LATER);
        assertThat(figures.latest()).isEqualTo(FEW);
        assertThat(figures.age()).isEqualTo(LATER);

        figures.refresh();

        assertThat(figures.reading()).isEqualTo(new QueueFigures.Reading(MANY, HandClock.START.plus(LATER)));
        assertThat(figures.age()).isZero();
    }

    @Test
    void they_stay_and_grow_old_while_the_database_is_away_and_that_is_said_once(CapturedOutput output) {
        QueueFigures figures = started();
        when(messages.figures()).thenThrow(new DataAccessResourceFailureException("away"));
        for (int i = 0; i < 3; i++) {
            clock.pass(LATER);
            figures.refresh();
        }
        assertThat(figures.latest()).isEqualTo(FEW);
        assertThat(figures.age()).isEqualTo(LATER.multipliedBy(3));
        assertThat(output).containsOnlyOnce("The figures of the queue cannot be read");

        doReturn(MANY).when(messages).figures();
        figures.refresh();

        assertThat(figures.latest()).isEqualTo(MANY);
        assertThat(output).containsOnlyOnce("can be read again");
    }

    @Test
    void a_service_whose_database_cannot_be_asked_does_not_start() {
        when(messages.figures()).thenThrow(new DataAccessResourceFailureException("away"));
        assertThatThrownBy(() -> new QueueFigures(messages, clock))
                .isInstanceOf(DataAccessResourceFailureException.class);
    }
}
