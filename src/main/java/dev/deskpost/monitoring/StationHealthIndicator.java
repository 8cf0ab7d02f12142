package dev.deskpost.monitoring;

import dev.deskpost.station.StationLease;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether this process is the station. Who stands by is out of service, as with a desktop that another delivers to. */
@Component
class StationHealthIndicator implements HealthIndicator {

    private final StationLease lease;

    StationHealthIndicator(StationLease lease) {
        this.lease = lease;
    }

    @Override
    public Health health() {
        if (lease.isHeld()) {
            return Health.up().withDetail("station", lease.station()).build();
        }
        return Health.outOfService()
                .withDetail("station", lease.station())
                .withDetail("standby", true)
                .withDetail("reason", "another Deskpost holds the station '" + lease.station() + "'")
                .build();
    }
}
