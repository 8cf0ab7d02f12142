package dev.deskpost.monitoring.alert;

import dev.deskpost.delivery.DeliveryProperties;
import dev.deskpost.delivery.Processor;
import dev.deskpost.desktop.DesktopLook;
import dev.deskpost.desktop.DesktopStatus;
import dev.deskpost.monitoring.MonitoringProperties;
import dev.deskpost.monitoring.alert.Alert.Unit;
import dev.deskpost.monitoring.alert.Reading.Elsewhere;
import dev.deskpost.monitoring.alert.Reading.Measured;
import dev.deskpost.monitoring.alert.Reading.Nothing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Rules about the station itself, which need no database. */
@Component
class StationRules {

    private final Processor processor;
    private final DesktopLook desktop;
    private final OnDuty onDuty;
    private final AlertProperties properties;
    private final DeliveryProperties delivery;
    private final Clock clock;
    private final Instant made;

    StationRules(
            Processor processor,
            DesktopLook desktop,
            OnDuty onDuty,
            AlertProperties properties,
            DeliveryProperties delivery,
            Clock clock) {
        this.processor = processor;
        this.desktop = desktop;
        this.onDuty = onDuty;
        this.properties = properties;
        this.delivery = delivery;
        this.clock = clock;
        this.made = clock.instant();
    }

    List<Rule> rules() {
        return List.of(
                new Rule(
                        "processor-silent",
                        Unit.SECONDS,
                        Rule.seconds(silence()),
                        properties.processorSilent().timing(),
                        onDuty.orElsewhere(this::processorSilent)),
                new Rule(
                        "desktop-unavailable",
                        Unit.BOOLEAN,
                        0,
                        properties.desktopUnavailable().timing(),
                        onDuty.orElsewhere(this::desktopUnavailable)));
    }

    private Duration silence() {
        return MonitoringProperties.atLeastThree(
                delivery.pollInterval(), properties.processorSilent().threshold());
    }

    /** Before its first turn it is {@code STOPPED}, too: then the silence counts from the start of the service. */
    private Reading processorSilent() {
        Optional<Instant> last = Optional.ofNullable(processor.lastActivityAt());
        Processor.State state = processor.state();
        if (state == Processor.State.PAUSED) {
            return new Nothing("the processor is paused");
        }
        if (state == Processor.State.STOPPED && last.isPresent()) {
            return new Nothing("the service stops");
        }
        return new Measured(
                Math.max(0, Rule.seconds(Duration.between(last.orElse(made), clock.instant()))),
                last.map(at -> "the processor did something last at " + at.truncatedTo(ChronoUnit.SECONDS))
                        .orElse("the processor has done nothing since the start"));
    }

    private Reading desktopUnavailable() {
        DesktopStatus status = desktop.latest();
        if (status.standby() && onDuty.isReplaceable()) {
            return new Elsewhere("another program delivers to this desktop");
        }
        return status.available()
                ? new Measured(0, "the desktop can be used")
                : new Measured(
                        1,
                        "the desktop cannot be used: "
                                + Objects.requireNonNullElse(status.reason(), "nobody knows why"));
    }
}
