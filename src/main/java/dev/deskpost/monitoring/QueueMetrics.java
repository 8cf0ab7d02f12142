package dev.deskpost.monitoring;

import dev.deskpost.delivery.ClipboardFigures;
import dev.deskpost.message.MessageState;
import dev.deskpost.message.Messages.Figures;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** The figures of the queue, as they were read last; and how deliveries fare on the clipboard. */
@Component
class QueueMetrics implements MeterBinder {

    private final QueueFigures queue;
    private final ClipboardFigures clipboard;

    QueueMetrics(QueueFigures queue, ClipboardFigures clipboard) {
        this.queue = queue;
        this.clipboard = clipboard;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        messages(registry, MessageState.PENDING, Figures::pending);
        messages(registry, MessageState.PROCESSING, Figures::processing);
        messages(registry, MessageState.FAILED, Figures::failed);
        messages(registry, MessageState.UNCONFIRMED, Figures::unconfirmed);
        Metric.QUEUE_OLDEST_AGE.time(registry, queue, QueueFigures::oldestPendingAge);
        Metric.QUEUE_READ_AGE.time(registry, queue, QueueFigures::age);
        Metric.CLIPBOARD_OFFERS.counter(registry, clipboard, ClipboardFigures::offers, "first");
        Metric.CLIPBOARD_OFFERS.counter(registry, clipboard, ClipboardFigures::offersAgain, "again");
        Metric.CLIPBOARD_LOST.counter(registry, clipboard, ClipboardFigures::losses);
    }

    private void messages(MeterRegistry registry, MessageState state, ToDoubleFunction<Figures> count) {
        Metric.QUEUE_MESSAGES.gauge(
                registry,
                queue,
                it -> count.applyAsDouble(it.latest()),
                state.name().toLowerCase(Locale.ROOT));
    }
}
