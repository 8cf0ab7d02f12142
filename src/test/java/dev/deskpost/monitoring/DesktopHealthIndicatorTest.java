package dev.deskpost.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.desktop.DesktopLook;
import dev.deskpost.desktop.InMemoryDesktop;
import dev.deskpost.fixtures.HandClock;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class DesktopHealthIndicatorTest {

    private final InMemoryDesktop desktop = new InMemoryDesktop();
    private final DesktopLook look = new DesktopLook(desktop, new HandClock());
    private final DesktopHealthIndicator indicator = new DesktopHealthIndicator(look);

    @Test
    void a_desktop_that_can_be_used_is_up() {
        assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
        assertThat(indicator.health().getDetails()).doesNotContainKeys("standby", "reason");
    }

    @Test
    void a_desktop_that_is_missing_is_out_of_service_and_no_standby() {
        desktop.unavailable("no display");
        look.refresh();
        Health health = indicator.health();
        assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health.getDetails()).containsEntry("reason", "no display").doesNotContainKey("standby");
    }

    @Test
    void who_stands_by_does_not_deliver_and_says_for_whom() {
        desktop.takenByAnother("another Deskpost (process 1234)");
        look.refresh();
        Health health = indicator.health();
        assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health.getDetails())
                .containsEntry("standby", true)
                .containsEntry("reason", "another Deskpost (process 1234)");
    }
}
