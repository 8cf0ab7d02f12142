package dev.deskpost.monitoring;

import dev.deskpost.desktop.DesktopLook;
import dev.deskpost.desktop.DesktopStatus;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether there is a desktop to type on, and if not, why. Who stands by for another is out of service, too: what waits in its
 * queue is not delivered now. The detail {@code standby} tells it from a desktop that is missing.
 */
@Component
class DesktopHealthIndicator implements HealthIndicator {

    private final DesktopLook desktop;

    DesktopHealthIndicator(DesktopLook desktop) {
        this.desktop = desktop;
    }

    @Override
    public Health health() {
        DesktopStatus status = desktop.latest();
        Health.Builder health = status.available() ? Health.up() : Health.outOfService();
        health.withDetail("kind", status.kind());
        if (status.standby()) {
            health.withDetail("standby", true);
        }
        if (status.display() != null) {
            health.withDetail("display", status.display());
        }
        if (status.reason() != null) {
            health.withDetail("reason", status.reason());
        }
        return health.withDetail("answeredAt", desktop.answeredAt()).build();
    }
}
