package dev.deskpost.monitoring;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether the database answers, as {@link QueueFigures} sees it. In the place of Spring Boot's, which asks the database each
 * time: where that hangs, the answer would, too.
 */
@Component("dbHealthIndicator")
class DatabaseHealthIndicator implements HealthIndicator {

    private final QueueFigures figures;
    private final MonitoringProperties properties;

    DatabaseHealthIndicator(QueueFigures figures, MonitoringProperties properties) {
        this.figures = figures;
        this.properties = properties;
    }

    @Override
    public Health health() {
        boolean answers = !figures.isAway() && figures.age().compareTo(properties.databaseLimit()) <= 0;
        return Health.status(answers ? "UP" : "DOWN")
                .withDetail("answeredAt", figures.readAt())
                .build();
    }
}
