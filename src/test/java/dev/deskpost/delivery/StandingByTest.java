package dev.deskpost.delivery;

import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.deskpost.desktop.InMemoryDesktop;
import dev.deskpost.message.DeliveryQueue;
import dev.deskpost.station.StationLease;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** The desktop is taken by a Deskpost that is not of this station, so this process lets the station go: others may have one. */
class StandingByTest {

    private static final Duration SHORT = Duration.ofMillis(50);

    private final InMemoryDesktop desktop = new InMemoryDesktop();
    private final StationLease lease = mock();
    private final ThreadPoolTaskScheduler executor = mock();
    private final ScheduledFuture<?> alarm = mock();

    @BeforeEach
    void another_delivers() {
        desktop.takenByAnother("another delivers");
        when(lease.hold()).thenReturn(true);
        doReturn(alarm).when(executor).schedule(any(Runnable.class), any(Instant.class));
    }

    private DeliveryLoop loop(Duration desktopRetry) {
        DeliveryProperties properties = new DeliveryProperties(
                SHORT, List.of(SHORT), 0, SHORT, desktopRetry, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT);
        Processor processor = mock();
        return new DeliveryLoop(
                mock(DeliverNextMessage.class),
                mock(AwaitedProofs.class),
                mock(DeliveryQueue.class),
                new DesktopAvailability(desktop, mock(MeasureDesktop.class), lease, processor, properties),
                mock(DesktopHold.class),
                mock(DeskWatch.class),
                mock(PauseSwitch.class),
                lease,
                processor,
                properties,
                executor,
                Clock.systemUTC());
    }

    @Test
    void it_leaves_the_station_alone_until_it_looks_again_whoever_calls() {
        when(lease.isShared()).thenReturn(true);
        DeliveryLoop loop = loop(Duration.ofHours(1));
        loop.turn();
        verify(lease).letGo();

        loop.turn();
        loop.turn();

        verify(lease, times(1)).hold();
        verify(lease, times(1)).letGo();
        verify(alarm, never()).cancel(anyBoolean());
    }

    @Test
    void it_tries_again_then() {
        when(lease.isShared()).thenReturn(true);
        DeliveryLoop loop = loop(SHORT);
        loop.turn();
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> {
                    loop.turn();
                    verify(lease, atLeast(2)).letGo();
                });
    }

    @Test
    void it_goes_on_with_inboxes_where_no_other_can_be_the_station() {
        DeliveryLoop loop = loop(Duration.ofHours(1));
        loop.turn();
        loop.turn();
        verify(lease, times(2)).hold();
    }
}
