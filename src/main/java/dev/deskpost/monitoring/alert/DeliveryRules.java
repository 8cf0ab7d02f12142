package dev.deskpost.monitoring.alert;

import dev.deskpost.message.Verdict;
import dev.deskpost.monitoring.RecentDeliveries;
import dev.deskpost.monitoring.RecentDeliveries.Counts;
import dev.deskpost.monitoring.alert.Alert.Unit;
import dev.deskpost.monitoring.alert.Reading.Measured;
import dev.deskpost.monitoring.alert.Reading.Nothing;
import dev.deskpost.receipt.ReceiptRecorded;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Rules about what became of deliveries. They are counted where they happen, so each is counted by one process. */
@Component
class DeliveryRules {

    /** Of a flood so many are counted: more say nothing new. */
    private static final int MOST_MISROUTED = 1000;

    private final RecentDeliveries recent;
    private final OnDuty onDuty;
    private final AlertProperties properties;
    private final Clock clock;
    private final Deque<Instant> misrouted = new ArrayDeque<>();

    DeliveryRules(RecentDeliveries recent, OnDuty onDuty, AlertProperties properties, Clock clock) {
        this.recent = recent;
        this.onDuty = onDuty;
        this.properties = properties;
        this.clock = clock;
    }

    List<Rule> rules() {
        return List.of(
                new Rule(
                        "failure-rate",
                        Unit.RATIO,
                        properties.failureRate().threshold(),
                        properties.failureRate().timing(),
                        onDuty.orElsewhere(this::failureRate)),
                new Rule(
                        "retry-rate",
                        Unit.RATIO,
                        properties.retryRate().threshold(),
                        properties.retryRate().timing(),
                        onDuty.orElsewhere(this::retryRate)),
                // Also by those who stand by: they hear recipients' reports as well
                new Rule(
                        "misrouted",
                        Unit.MESSAGES,
                        properties.misrouted().threshold(),
                        properties.misrouted().timing(),
                        this::misrouted));
    }

    @TransactionalEventListener
    void on(ReceiptRecorded recorded) {
        if (recorded.verdict() == Verdict.MISROUTED) {
            synchronized (misrouted) {
                misrouted.addLast(clock.instant());
                if (misrouted.size() > MOST_MISROUTED) {
                    misrouted.removeFirst();
                }
            }
        }
    }

    private Reading failureRate() {
        Duration window = properties.failureRate().window();
        Counts counts = recent.within(window);
        String summary =
                "%d of %d messages failed in the last %s".formatted(counts.failed(), counts.ended(), words(window));
        return rate(
                summary,
                counts.failureRate(),
                counts.ended(),
                properties.failureRate().minimum());
    }

    private Reading retryRate() {
        Duration window = properties.retryRate().window();
        Counts counts = recent.within(window);
        String summary = "%d of %d attempts in the last %s were retries"
                .formatted(counts.retries(), counts.attempts(), words(window));
        return rate(
                summary,
                counts.retryRate(),
                counts.attempts(),
                properties.retryRate().minimum());
    }

    private static Reading rate(String summary, double rate, long of, long minimum) {
        return of < minimum
                ? new Nothing(summary + ": too few to judge by, at least " + minimum + " are needed")
                : new Measured(rate, summary);
    }

    private Reading misrouted() {
        Duration window = properties.misrouted().window();
        Instant from = clock.instant().minus(window);
        int count;
        synchronized (misrouted) {
            misrouted.removeIf(at -> at.isBefore(from));
            count = misrouted.size();
        }
        return new Measured(
                count,
                count == 0
                        ? "no recipient reported a text that was for another in the last " + words(window)
                        : "texts that another recipient than theirs reported in the last %s: %d; look at both windows"
                                .formatted(words(window), count));
    }

    /** {@code PT15M} as {@code 15m}. */
    static String words(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
