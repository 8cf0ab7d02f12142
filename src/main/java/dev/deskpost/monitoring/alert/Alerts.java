package dev.deskpost.monitoring.alert;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * All alerts, evaluated every {@code deskpost.alerts.interval} on a thread of their own, and in the way of nobody. A rule that
 * fails is logged, and the others go on. Says what changed with {@link AlertChanged}.
 *
 * <p>Kept in memory: what still fires when the service ends fires anew after the next start.
 */
@Component
public class Alerts {

    private static final Logger log = LoggerFactory.getLogger(Alerts.class);

    private final List<RuleWatch> watches;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Set<String> failing = new HashSet<>();
    private volatile List<Alert> alerts;
    private volatile boolean stopping;

    @Autowired
    Alerts(
            DeliveryRules deliveries,
            QueueRules queue,
            StationRules station,
            ApplicationEventPublisher events,
            Clock clock) {
        this(
                Stream.of(deliveries.rules(), queue.rules(), station.rules())
                        .flatMap(List::stream)
                        .toList(),
                events,
                clock);
    }

    Alerts(List<Rule> rules, ApplicationEventPublisher events, Clock clock) {
        Instant now = clock.instant();
        this.watches = rules.stream().map(rule -> new RuleWatch(rule, now)).toList();
        this.events = events;
        this.clock = clock;
        this.alerts = watches.stream().map(RuleWatch::alert).toList();
    }

    /** As they were evaluated last, those that are switched off included, in an order that stays. Costs nothing. */
    public List<Alert> all() {
        return alerts;
    }

    /** Before anything else stops: a service that ends is no alert. */
    @EventListener
    @Order(0)
    void on(ContextClosedEvent closed) {
        stopping = true;
    }

    @Scheduled(
            fixedDelayString = "${deskpost.alerts.interval:5s}",
            initialDelayString = "${deskpost.alerts.interval:5s}",
            scheduler = "alertExecutor")
    void evaluate() {
        evaluateAll().forEach(this::tell);
    }

    private synchronized List<AlertChanged> evaluateAll() {
        List<AlertChanged> changes = new ArrayList<>();
        for (RuleWatch watch : watches) {
            if (watch.rule().timing().enabled()) {
                Reading reading = read(watch.rule());
                if (stopping) {
                    return List.of();
                }
                watch.take(reading, clock.instant()).ifPresent(changes::add);
            }
        }
        alerts = watches.stream().map(RuleWatch::alert).toList();
        return changes;
    }

    private Reading read(Rule rule) {
        try {
            Reading reading = rule.read().get();
            failing.remove(rule.name());
            return reading;
        } catch (RuntimeException e) {
            if (failing.add(rule.name())) {
                log.error(
                        "The alert '{}' cannot be evaluated; it stays as it is and is tried again. The others go on",
                        rule.name(),
                        e);
            }
            return new Reading.Unknown("it could not be evaluated; the log says why");
        }
    }

    private void tell(AlertChanged change) {
        try {
            events.publishEvent(change);
        } catch (RuntimeException e) {
            log.error(
                    "Not everybody could be told of the alert '{}'",
                    change.alert().rule(),
                    e);
        }
    }
}
