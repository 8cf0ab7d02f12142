package dev.deskpost.monitoring.alert;

import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.stereotype.Component;

/** {@code GET /actuator/alerts}: every rule with its threshold, its value, where it stands and since when. */
@Component
@Endpoint(id = "alerts")
class AlertsEndpoint {

    private final Alerts alerts;

    AlertsEndpoint(Alerts alerts) {
        this.alerts = alerts;
    }

    /** An object, so that more can be said one day. */
    record Body(List<Alert> alerts) {}

    @ReadOperation
    Body all() {
        return new Body(alerts.all());
    }
}
