package dev.deskpost.monitoring;

import dev.deskpost.message.Verdict;
import dev.deskpost.receipt.ReceiptRecorded;
import dev.deskpost.receipt.Source;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * What recipients reported of messages since the start. A report that came before is not counted again. {@code
 * verdict=misrouted} should never be more than 0.
 */
@Component
class ReceiptMetrics implements MeterBinder {

    private record Kind(Verdict verdict, Source source) {}

    private final Map<Kind, Counter> counters = new ConcurrentHashMap<>();

    /** All of them at once: one that appears with its first event has no rise that an alert could see. */
    @Override
    public void bindTo(MeterRegistry registry) {
        for (Verdict verdict : Verdict.values()) {
            for (Source source : Source.values()) {
                counters.put(
                        new Kind(verdict, source),
                        Metric.RECEIPTS.counter(registry, verdict.name().toLowerCase(Locale.ROOT), source.label()));
            }
        }
    }

    @TransactionalEventListener
    void on(ReceiptRecorded recorded) {
        Counter counter = counters.get(new Kind(recorded.verdict(), recorded.source()));
        if (counter != null) {
            counter.increment();
        }
    }
}
