package dev.deskpost.delivery;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.deskpost.message.DeliveryQueue;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;

/** What it owes to the queue although the database fails in between. */
class HousekeepingTest {

    private final MutableClock clock = new MutableClock();
    private final DeliverNextMessage deliverNextMessage = mock();
    private final AwaitedProofs proofs = mock();
    private final DeliveryQueue queue = mock();
    private final Housekeeping housekeeping =
            new Housekeeping(deliverNextMessage, proofs, queue, Duration.ofHours(1), clock);

    @Nested
    class A_clock_that_was_set_back {

        @Test
        void is_minded_again_if_the_database_failed_meanwhile_and_once_if_it_did_not() {
            housekeeping.tidyUp();
            clock.advance(Duration.ofHours(-1));
            when(queue.hurry())
                    .thenThrow(new CannotAcquireLockException("held"))
                    .thenReturn(0);
            assertThatThrownBy(housekeeping::tidyUp).isInstanceOf(CannotAcquireLockException.class);
            verify(queue, never()).restNoMore();

            housekeeping.tidyUp();
            housekeeping.tidyUp();

            verify(queue, times(2)).hurry();
            verify(queue).restNoMore();
            verify(proofs).clockWentBack();
        }

        @Test
        void while_nothing_ran_is_minded_at_the_first_look_until_that_succeeded_and_not_again() {
            when(deliverNextMessage.latestRetry()).thenReturn(clock.instant());
            when(queue.hurryBeyond(clock.instant()))
                    .thenThrow(new CannotAcquireLockException("held"))
                    .thenReturn(0);
            assertThatThrownBy(housekeeping::tidyUp).isInstanceOf(CannotAcquireLockException.class);
            housekeeping.tidyUp();
            housekeeping.tidyUp();

            verify(queue, times(2)).hurryBeyond(clock.instant());
            verify(queue).restAsPaced();
        }
    }
}
