package dev.deskpost.delivery.web;

import dev.deskpost.delivery.AdaptiveTimeouts;
import dev.deskpost.delivery.AdaptiveTimeouts.Timing;
import dev.deskpost.delivery.AdaptiveTimeouts.Wait;
import dev.deskpost.delivery.PauseSwitch;
import dev.deskpost.delivery.Processor;
import dev.deskpost.delivery.Step;
import dev.deskpost.desktop.DesktopLook;
import dev.deskpost.desktop.DesktopStatus;
import dev.deskpost.message.Messages;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/queue", produces = MediaType.APPLICATION_JSON_VALUE)
class QueueController {

    private final Messages messages;
    private final Processor processor;
    private final PauseSwitch pause;
    private final DesktopLook desktop;
    private final AdaptiveTimeouts timeouts;

    QueueController(
            Messages messages, Processor processor, PauseSwitch pause, DesktopLook desktop, AdaptiveTimeouts timeouts) {
        this.messages = messages;
        this.processor = processor;
        this.pause = pause;
        this.desktop = desktop;
        this.timeouts = timeouts;
    }

    /** The message on its way, and the last step that was done. */
    record Current(String id, Step step) {}

    record ProcessorView(
            Processor.State state,
            @Nullable Instant startedAt,
            @Nullable Instant lastActivityAt,
            @Nullable Current current) {}

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

    /**
     * Numbers for people and scripts; fields without a value are null, never missing.
     *
     * @param reason why messages wait, or would wait: what a person wanted, what keeps the executor from them, or that there
     *     is no desktop
     */
    record QueueView(
            long pending,
            long processing,
            long failed,
            long unconfirmed,
            @Nullable Instant oldestPendingAt,
            boolean paused,
            @Nullable String reason,
            ProcessorView processor,
            DesktopView desktop,
            Map<String, Timing> timings) {}

    @PostMapping("/pause")
    QueueView pause() {
        pause.pause("somebody asked for it");
        return queue();
    }

    @PostMapping("/drain")
    QueueView drain() {
        pause.drain();
        return queue();
    }

    @PostMapping("/resume")
    QueueView resume() {
        pause.resume();
        return queue();
    }

    @GetMapping
    QueueView queue() {
        Messages.Figures figures = messages.figures();
        DesktopStatus status = desktop.latest();
        return new QueueView(
                figures.pending(),
                figures.processing(),
                figures.failed(),
                figures.unconfirmed(),
                figures.oldestPendingAt(),
                pause.isPaused(),
                processor.reason().orElse(status.available() ? null : status.reason()),
                new ProcessorView(
                        processor.state(),
                        processor.startedAt(),
                        processor.lastActivityAt(),
                        processor
                                .current()
                                .map(current -> new Current(current.id(), current.step()))
                                .orElse(null)),
                DesktopView.of(status),
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
