package dev.deskpost.delivery.web;

import dev.deskpost.delivery.AdaptiveTimeouts;
import dev.deskpost.delivery.AdaptiveTimeouts.Timing;
import dev.deskpost.delivery.AdaptiveTimeouts.Wait;
import dev.deskpost.delivery.Processor;
import dev.deskpost.desktop.Desktop;
import dev.deskpost.desktop.DesktopStatus;
import dev.deskpost.message.Messages;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class QueueController {

    private final Messages messages;
    private final Processor processor;
    private final Desktop desktop;
    private final AdaptiveTimeouts timeouts;

    QueueController(Messages messages, Processor processor, Desktop desktop, AdaptiveTimeouts timeouts) {
        this.messages = messages;
        this.processor = processor;
        this.desktop = desktop;
        this.timeouts = timeouts;
    }

    record ProcessorView(
            Processor.State state,
            @Nullable Instant startedAt,
            @Nullable Instant lastActivityAt,
            Processor.@Nullable Current current) {}

    /** Numbers for people and scripts; fields without a value are null, never missing. */
    record QueueView(
            long pending,
            long processing,
            long failed,
            long unconfirmed,
            @Nullable Instant oldestPendingAt,
            boolean paused,
            ProcessorView processor,
            DesktopStatus desktop,
            Map<String, Timing> timings) {}

    @GetMapping("/api/v1/queue")
    QueueView queue() {
        Messages.Figures figures = messages.figures();
        return new QueueView(
                figures.pending(),
                figures.processing(),
                figures.failed(),
                figures.unconfirmed(),
                figures.oldestPendingAt(),
                false,
                new ProcessorView(
                        processor.state(),
                        processor.startedAt(),
                        processor.lastActivityAt(),
                        processor.current().orElse(null)),
                desktop.status(),
                timings());
    }

    /** In the order in which a delivery meets the waits. */
    private Map<String, Timing> timings() {
        Map<String, Timing> timings = new LinkedHashMap<>();
        for (Wait wait : Wait.values()) {
            timings.put(wait.key(), timeouts.timing(wait));
        }
        return timings;
    }
}
