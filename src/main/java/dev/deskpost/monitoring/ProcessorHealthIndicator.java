package dev.deskpost.monitoring;

import dev.deskpost.delivery.DeliveryProperties;
import dev.deskpost.delivery.Processor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether the executor lives, and whether it delivers. Down is one that was not heard of for too long, or has ended: the
 * loop gives a sign of life with every poll, also while it is paused or stands by.
 */
@Component
class ProcessorHealthIndicator implements HealthIndicator {

    private final Processor processor;
    private final QueueFigures queue;
    private final Duration limit;
    private final Clock clock;

    ProcessorHealthIndicator(
            Processor processor,
            QueueFigures queue,
            MonitoringProperties properties,
            DeliveryProperties delivery,
            Clock clock) {
        this.processor = processor;
        this.queue = queue;
        this.limit = MonitoringProperties.atLeastThree(delivery.pollInterval(), properties.heartbeatLimit());
        this.clock = clock;
    }

    @Override
    public Health health() {
        Processor.State state = processor.state();
        Instant now = clock.instant();
        Instant active = processor.lastActivityAt();
        boolean alive = active != null
                && state != Processor.State.STOPPED
                && Duration.between(active, now).compareTo(limit) <= 0;
        Health.Builder health =
                !alive ? Health.down() : state == Processor.State.RUNNING ? Health.up() : Health.outOfService();
        health.withDetail("state", state);
        if (active != null) {
            health.withDetail("lastActivityAt", active);
        }
        Instant started = processor.startedAt();
        if (started != null) {
            health.withDetail("startedAt", started).withDetail("uptime", Duration.between(started, now));
        }
        processor.current().ifPresent(current -> health.withDetail("step", current.step()));
        processor.reason().ifPresent(reason -> health.withDetail("reason", reason));
        Instant oldest = queue.latest().oldestPendingAt();
        if (oldest != null) {
            health.withDetail("oldestPendingAt", oldest).withDetail("oldestPendingAge", queue.oldestPendingAge());
        }
        return health.build();
    }
}
