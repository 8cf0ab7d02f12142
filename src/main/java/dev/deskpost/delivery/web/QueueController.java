package dev.deskpost.delivery.web;

import dev.deskpost.delivery.Processor;
import dev.deskpost.desktop.Desktop;
import dev.deskpost.desktop.DesktopStatus;
import dev.deskpost.message.Messages;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class QueueController {

    private final Messages messages;
    private final Processor processor;
    private final Desktop desktop;

    QueueController(Messages messages, Processor processor, Desktop desktop) {
        this.messages = messages;
        this.processor = processor;
        this.desktop = desktop;
    }

    record ProcessorView(
            Processor.State state,
            @Nullable Instant startedAt,
            @Nullable Instant lastActivityAt,
            Processor.@Nullable Current current) {}

    /** Without what the state of the processor says already. */
    record DesktopView(
            boolean available,
            String kind,
            @Nullable String display,
            @Nullable String reason) {

        static DesktopView of(DesktopStatus status) {
            return new DesktopView(status.available(), status.kind(), status.display(), status.reason());
        }
    }

    /** Numbers for people and scripts; fields without a value are null, never missing. */
    record QueueView(
            long pending,
            long processing,
            long failed,
            long unconfirmed,
            @Nullable Instant oldestPendingAt,
            boolean paused,
            ProcessorView processor,
            DesktopView desktop,
            Map<String, Object> timings) {}

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
                DesktopView.of(desktop.status()),
                Map.of());
    }
}
