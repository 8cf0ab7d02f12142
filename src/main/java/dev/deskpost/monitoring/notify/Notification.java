package dev.deskpost.monitoring.notify;

import dev.deskpost.monitoring.alert.Alert;
import dev.deskpost.monitoring.alert.AlertChanged;
import java.time.Instant;
import java.util.UUID;

/**
 * That an alert fires, or is resolved.
 *
 * @param id stays the same however often it is sent: who has it already can leave it
 * @param at when it happened
 */
record Notification(String id, String station, boolean firing, Alert alert, Instant at) {

    static Notification of(AlertChanged change, String station) {
        return new Notification(
                "alert_" + UUID.randomUUID(),
                station,
                change.isFiring(),
                change.alert(),
                change.alert().since());
    }
}
