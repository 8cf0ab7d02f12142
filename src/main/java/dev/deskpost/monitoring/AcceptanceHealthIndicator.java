package dev.deskpost.monitoring;

import dev.deskpost.station.StationMode;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether new messages are accepted. A station that drains is out of service for who wants to send some. */
@Component
class AcceptanceHealthIndicator implements HealthIndicator {

    private final StationMode mode;

    AcceptanceHealthIndicator(StationMode mode) {
        this.mode = mode;
    }

    @Override
    public Health health() {
        Health.Builder health = mode.isDraining() ? Health.outOfService() : Health.up();
        return health.withDetail("mode", mode.mode()).build();
    }
}
