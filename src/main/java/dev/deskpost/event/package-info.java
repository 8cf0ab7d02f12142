/**
 * What happens, told as it happens: a log of events that programs and the page follow as server-sent events
 * ({@code GET /api/v1/events}).
 *
 * <p>It only tells. It must change nothing; no room that it hears of may know it, and no delivery may wait for somebody who
 * listens slowly.
 *
 * <p>Start reading at {@code EventLog}, then {@code Reporter}.
 */
@ApplicationModule(
        allowedDependencies = {
            "message",
            "recipient",
            "receipt",
            "delivery",
            "desktop",
            "station",
            "monitoring",
            "monitoring::alert",
            "database",
            "problem"
        })
@NullMarked
package dev.deskpost.event;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
