package dev.deskpost.monitoring;

import java.io.File;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Whether there is room for the database. In the place of Spring Boot's, which names the directory: this is read without a
 * token, and a home directory names a person.
 */
@Component("diskSpaceHealthIndicator")
class DiskSpaceHealthIndicator implements HealthIndicator {

    private final File disk;
    private final DataSize wanted;

    DiskSpaceHealthIndicator(MonitoringProperties properties) {
        this.disk = properties.disk().toFile();
        this.wanted = properties.diskFree();
    }

    @Override
    public Health health() {
        long free = disk.getUsableSpace();
        return Health.status(free >= wanted.toBytes() ? "UP" : "DOWN")
                .withDetail("total", disk.getTotalSpace())
                .withDetail("free", free)
                .withDetail("threshold", wanted.toBytes())
                .build();
    }
}
