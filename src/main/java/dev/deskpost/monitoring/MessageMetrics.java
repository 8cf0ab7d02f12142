package dev.deskpost.monitoring;

import dev.deskpost.message.MessageAccepted;
import dev.deskpost.message.MessageChanged;
import dev.deskpost.message.MessageState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Counts what this process accepts, and into which states it moves messages: what expires and is cancelled, too. */
@Component
class MessageMetrics {

    private final MeterRegistry registry;
    private final Counter accepted;

    MessageMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.accepted = Metric.MESSAGES_ACCEPTED.counter(registry);
        for (MessageState state : MessageState.values()) {
            movedTo(state);
        }
    }

    @TransactionalEventListener
    void on(MessageAccepted message) {
        accepted.increment();
    }

    @TransactionalEventListener
    void on(MessageChanged message) {
        movedTo(message.state()).increment();
    }

    private Counter movedTo(MessageState state) {
        return Metric.MESSAGES_MOVED.counter(registry, state.name().toLowerCase(Locale.ROOT));
    }
}
