package dev.deskpost.monitoring;

import java.time.Duration;
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
    private final Duration limit;

    DatabaseHealthIndicator(QueueFigures figures, MonitoringProperties properties) {
        this.figures = figures;
        this.limit = MonitoringProperties.atLeastThree(properties.refresh(), properties.databaseLimit());
    }

    @Override
    public Health health() {
        boolean answers = !figures.isAway() && figures.age().compareTo(limit) <= 0;
        return Health.status(answers ? "UP" : "DOWN")
                .withDetail("answeredAt", figures.readAt())
                .build();
    }
}
