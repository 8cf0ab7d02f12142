package dev.deskpost.monitoring;

import dev.deskpost.message.MessageChanged;
import dev.deskpost.message.MessageState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * What becomes of messages that a person had tried again, since the start. The rate is the share of those that were
 * delivered, not a number before the first.
 */
@Component
class RecoveryMetrics implements MeterBinder {

    private final Map<MessageState, Counter> counters = new EnumMap<>(MessageState.class);

    @Override
    public void bindTo(MeterRegistry registry) {
        for (MessageState outcome :
                new MessageState[] {MessageState.DELIVERED, MessageState.FAILED, MessageState.UNCONFIRMED}) {
            counters.put(
                    outcome, Metric.RECOVERY.counter(registry, outcome.name().toLowerCase(Locale.ROOT)));
        }
        Metric.RECOVERY_RATE.gauge(registry, this, RecoveryMetrics::rate);
    }

    /** What a late proof delivers was counted as unconfirmed before, and counts again. */
    @TransactionalEventListener
    void on(MessageChanged changed) {
        Counter counter = counters.get(changed.state());
        if (changed.replayed() && counter != null) {
            counter.increment();
        }
    }

    private double rate() {
        double all = counters.values().stream().mapToDouble(Counter::count).sum();
        Counter delivered = counters.get(MessageState.DELIVERED);
        return all == 0 || delivered == null ? Double.NaN : delivered.count() / all;
    }
}
