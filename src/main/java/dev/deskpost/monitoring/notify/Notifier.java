package dev.deskpost.monitoring.notify;

import dev.deskpost.monitoring.alert.AlertChanged;
import dev.deskpost.station.StationProperties;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.apache.hc.client5.http.DnsResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Hears of alerts: writes them into the log, and hands them to one courier for each webhook. */
@Component
class Notifier {

    private static final Logger log = LoggerFactory.getLogger(Notifier.class);

    private final String station;
    private final Duration stopLimit;
    private final List<Courier> couriers;

    Notifier(
            NotificationProperties properties,
            StationProperties station,
            NotificationMetrics metrics,
            DnsResolver webhookNames,
            ObjectMapper json,
            Clock clock) {
        this.station = station.station();
        this.stopLimit = properties.notifications().stopLimit();
        Backoff backoff = new Backoff(
                properties.notifications(), () -> ThreadLocalRandom.current().nextDouble());
        this.couriers = IntStream.range(0, properties.webhooks().size())
                .mapToObj(index -> {
                    Webhook webhook = properties.webhooks().get(index);
                    return new Courier(
                            "webhook-" + index,
                            wrapping(webhook, json),
                            timer -> new WebhookClient(webhook, webhookNames, timer, clock),
                            properties.notifications(),
                            backoff,
                            metrics,
                            clock);
                })
                .toList();
    }

    private static Wrapping wrapping(Webhook webhook, ObjectMapper json) {
        return switch (webhook.format()) {
            case STANDARD -> new StandardWrapping(json, webhook.key().orElseThrow());
            case DISCORD -> new DiscordWrapping(json);
        };
    }

    @EventListener
    void on(AlertChanged change) {
        String rule = change.alert().rule();
        String summary = change.alert().summary();
        if (change.handedOver()) {
            log.info("The alert '{}' is left to another process: {}", rule, summary);
            return;
        }
        if (change.isFiring()) {
            log.warn("The alert '{}' is firing: {}", rule, summary);
        } else {
            log.info("The alert '{}' is resolved: {}", rule, summary);
        }
        Notification notification = Notification.of(change, station);
        couriers.forEach(courier -> courier.take(notification));
    }

    /** All at once, within one limit. */
    @PreDestroy
    void close() {
        long end = System.nanoTime() + stopLimit.toNanos();
        couriers.forEach(Courier::beginToClose);
        couriers.forEach(courier -> courier.close(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
    }
}
