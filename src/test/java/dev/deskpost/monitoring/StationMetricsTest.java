package dev.deskpost.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.deskpost.delivery.Processor;
import dev.deskpost.delivery.Processor.State;
import dev.deskpost.desktop.DesktopLook;
import dev.deskpost.desktop.InMemoryDesktop;
import dev.deskpost.fixtures.HandClock;
import dev.deskpost.station.Mode;
import dev.deskpost.station.StationLease;
import dev.deskpost.station.StationMode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StationMetricsTest {

    private final HandClock clock = new HandClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final InMemoryDesktop desktop = new InMemoryDesktop();
    private final DesktopLook look = new DesktopLook(desktop, new HandClock());
    private final Processor processor = mock(Processor.class);
    private final StationMode mode = mock(StationMode.class);
    private final StationLease lease = mock(StationLease.class);

    @BeforeEach
    void it_runs() {
        when(processor.state()).thenReturn(State.RUNNING);
        when(processor.waitsFor()).thenReturn(Optional.empty());
        when(mode.mode()).thenReturn(Mode.RUNNING);
        when(lease.isHeld()).thenReturn(true);
        new StationMetrics(processor, mode, lease, look, clock).bindTo(registry);
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    /** The values of the one tag for which the gauge is 1. */
    private List<String> set(String name, String tag) {
        return registry.get(name).gauges().stream()
                .filter(gauge -> gauge.value() == 1)
                .map(gauge -> Objects.requireNonNull(gauge.getId().getTag(tag)))
                .toList();
    }

    @Test
    void one_state_is_set_at_a_time() {
        assertThat(set("deskpost.processor.state", "state")).containsExactly("running");
        assertThat(set("deskpost.station.mode", "mode")).containsExactly("running");
        assertThat(gauge("deskpost.station.held")).isEqualTo(1);
        when(processor.state()).thenReturn(State.STANDBY);
        when(mode.mode()).thenReturn(Mode.DRAINING);
        when(lease.isHeld()).thenReturn(false);
        assertThat(set("deskpost.processor.state", "state")).containsExactly("standby");
        assertThat(set("deskpost.station.mode", "mode")).containsExactly("draining");
        assertThat(gauge("deskpost.station.held")).isZero();
    }

    @Test
    void the_heart_is_unknown_before_the_first_beat_and_then_grows_old() {
        assertThat(gauge("deskpost.processor.heartbeat.age")).isNaN();
        when(processor.lastActivityAt()).thenReturn(clock.instant());
        when(processor.startedAt()).thenReturn(clock.instant().minusSeconds(60));
        clock.pass(Duration.ofSeconds(7));
        assertThat(gauge("deskpost.processor.heartbeat.age")).isEqualTo(7);
        assertThat(gauge("deskpost.processor.uptime")).isEqualTo(67);
    }

    @Test
    void the_desktop_is_looked_at_on_the_timer() {
        desktop.unavailable("no display");
        assertThat(gauge("deskpost.desktop.available")).isEqualTo(1);
        look.refresh();
        assertThat(gauge("deskpost.desktop.available")).isZero();
    }

    @Test
    void what_messages_wait_for_is_one_word_of_a_closed_set() {
        assertThat(waits()).isEmpty();
        when(processor.waitsFor()).thenReturn(Optional.of("Caps Lock is on"));
        assertThat(waits()).containsExactly("desktop_in_use");
        desktop.unavailable("no display :7 of alice");
        look.refresh();
        assertThat(waits()).containsExactly("desktop_unavailable");
        when(processor.state()).thenReturn(State.STANDBY);
        assertThat(waits()).containsExactly("standby");
        when(processor.state()).thenReturn(State.PAUSED);
        assertThat(waits()).containsExactly("paused");
        when(processor.state()).thenReturn(State.STOPPED);
        assertThat(waits()).containsExactly("stopped");
    }

    private List<String> waits() {
        return set("deskpost.delivery.waits", "reason");
    }
}
