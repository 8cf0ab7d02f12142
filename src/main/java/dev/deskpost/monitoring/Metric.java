package dev.deskpost.monitoring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * All metrics of Deskpost: whoever measures registers here, and {@code docs/operations.md} has the same table. Times are in
 * seconds. The values of tags come from closed sets: no id, no text and no name of anybody.
 */
public enum Metric {
    MESSAGES_ACCEPTED(Kind.COUNTER, "deskpost.messages.accepted", "Messages that this process has accepted"),
    MESSAGES_MOVED(Kind.COUNTER, "deskpost.messages.moved", "Moves of messages into a state by this process", "state"),
    DELIVERIES(
            Kind.COUNTER,
            "deskpost.deliveries",
            "Messages whose delivery ended, and how",
            "outcome",
            "channel",
            "evidence"),
    DELIVERY_LATENCY(
            Kind.HISTOGRAM,
            "deskpost.delivery.latency",
            "From accepted, or the end of deliverAfter, to delivered",
            "trigger"),
    ATTEMPTS(Kind.COUNTER, "deskpost.attempts", "Attempts that ended, and how", "trigger", "outcome", "code"),
    ATTEMPT_DURATION(
            Kind.HISTOGRAM,
            "deskpost.attempt.duration",
            "From before the claim until the outcome was recorded; not of what was cut off and settled later",
            "outcome",
            "evidence"),
    ATTEMPT_STEP(Kind.HISTOGRAM, "deskpost.attempt.step", "From the step before until this one was done", "step"),
    SUCCESS_RATE(Kind.GAUGE, "deskpost.success.rate", "Share of the latest deliveries that were proved, 0 to 1"),
    FAILURE_RATE(Kind.GAUGE, "deskpost.failure.rate", "Share of the latest deliveries that failed, 0 to 1"),
    RETRY_RATE(Kind.GAUGE, "deskpost.retry.rate", "Share of the latest attempts that were not the first, 0 to 1"),
    RECOVERY(Kind.COUNTER, "deskpost.recovery", "Messages that a person had tried again", "outcome"),
    RECOVERY_RATE(
            Kind.GAUGE, "deskpost.recovery.rate", "Share of the messages that were tried again and delivered, 0 to 1"),
    RECEIPTS(Kind.COUNTER, "deskpost.receipts", "Recipients' own proofs of messages", "verdict", "source"),
    ALERT_NOTIFICATIONS(
            Kind.COUNTER, "deskpost.alerts.notifications", "Notifications of alerts for webhooks", "outcome"),

    QUEUE_MESSAGES(Kind.GAUGE, "deskpost.queue.messages", "Messages in the database by state", "state"),
    QUEUE_OLDEST_AGE(
            Kind.TIME,
            "deskpost.queue.oldest.pending.age",
            "How long the oldest message that is due has waited; 0 without"),
    QUEUE_READ_AGE(Kind.TIME, "deskpost.queue.read.age", "How long ago these figures were read from the database"),

    PROCESSOR_STATE(Kind.GAUGE, "deskpost.processor.state", "1 for the state that the executor is in", "state"),
    PROCESSOR_HEARTBEAT_AGE(
            Kind.TIME, "deskpost.processor.heartbeat.age", "How long ago the executor last looked or did something"),
    PROCESSOR_UPTIME(Kind.TIME, "deskpost.processor.uptime", "How long ago the executor started"),
    STATION_MODE(Kind.GAUGE, "deskpost.station.mode", "1 for what the station is told to do", "mode"),
    STATION_HELD(Kind.GAUGE, "deskpost.station.held", "1 if this process is the station, 0 if it stands by"),
    DESKTOP_AVAILABLE(Kind.GAUGE, "deskpost.desktop.available", "1 if the desktop can be used"),
    DELIVERY_WAITS(Kind.GAUGE, "deskpost.delivery.waits", "1 for what keeps due messages waiting", "reason"),

    LOCK_WAIT(Kind.TIMER, "deskpost.desktop.lock.wait", "Waits for a lock that was not free at once"),
    LOCK_LONGEST(Kind.TIME, "deskpost.desktop.lock.wait.longest", "The longest wait since the start"),
    LOCK_ACQUISITIONS(Kind.COUNTER, "deskpost.desktop.lock.acquisitions", "How often the lock was taken"),
    LOCK_CONTENDED(Kind.COUNTER, "deskpost.desktop.lock.contended", "How often the lock was not free at once"),
    LOCK_TIMEOUTS(
            Kind.COUNTER,
            "deskpost.desktop.lock.timeouts",
            "How often the lock was not taken because the patience was up"),
    LOCK_WAITING(Kind.GAUGE, "deskpost.desktop.lock.waiting", "How many wait for the lock now"),
    CLIPBOARD_OFFERS(Kind.COUNTER, "deskpost.clipboard.offers", "Contents offered on the clipboard", "time"),
    CLIPBOARD_LOST(Kind.COUNTER, "deskpost.clipboard.lost", "Pastes during which another program took the clipboard"),
    WAIT(Kind.TIMER, "deskpost.wait", "Waits of deliveries that were met", "wait"),
    WAIT_MISSED(Kind.COUNTER, "deskpost.wait.missed", "Waits of deliveries that were given up at their limit", "wait"),
    WAIT_P95(Kind.TIME, "deskpost.wait.p95", "What 95 of 100 waits took at most", "wait"),
    WAIT_LIMIT(Kind.TIME, "deskpost.wait.limit", "How long the next wait may take", "wait");

    /** How it is measured, in the words of the documentation. */
    public enum Kind {
        /** Only grows, from 0 at the start of the process. */
        COUNTER(Meter.Type.COUNTER),
        GAUGE(Meter.Type.GAUGE),
        /** A gauge in seconds. */
        TIME(Meter.Type.GAUGE),
        /** How many, and how long together. */
        TIMER(Meter.Type.TIMER),
        /** The same, and how many were how quick. */
        HISTOGRAM(Meter.Type.TIMER);

        private final Meter.Type type;

        Kind(Meter.Type type) {
            this.type = type;
        }

        Meter.Type type() {
            return type;
        }
    }

    /** Where a tag has nothing to say. */
    static final String NONE = "none";

    /** The contract's 25, 50, 60 and 150 ms with neighbours, then what waits, retries and receipts take. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(60),
        Duration.ofMillis(100),
        Duration.ofMillis(150),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(30)
    };

    private final Kind kind;
    private final String key;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // Of List.of
    private final List<String> tags;

    Metric(Kind kind, String key, String description, String... tags) {
        this.kind = kind;
        this.key = key;
        this.description = description;
        this.tags = List.of(tags);
    }

    /** Its name, with dots. */
    public String key() {
        return key;
    }

    public Kind kind() {
        return kind;
    }

    public String description() {
        return description;
    }

    /** The names of its tags. */
    public List<String> tags() {
        return tags;
    }

    /** @param values of the tags, in their order */
    public Counter counter(MeterRegistry registry, String... values) {
        return Counter.builder(key)
                .description(description)
                .tags(tags(Kind.COUNTER, values))
                .register(registry);
    }

    <T> void counter(MeterRegistry registry, T source, ToDoubleFunction<T> count, String... values) {
        FunctionCounter.builder(key, source, count)
                .description(description)
                .tags(tags(Kind.COUNTER, values))
                .register(registry);
    }

    <T> void gauge(MeterRegistry registry, T source, ToDoubleFunction<T> value, String... values) {
        Gauge.builder(key, source, value)
                .description(description)
                .tags(tags(Kind.GAUGE, values))
                .strongReference(true)
                .register(registry);
    }

    /** @param value null is shown as not a number */
    <T> void time(MeterRegistry registry, T source, Function<T, @Nullable Duration> value, String... values) {
        TimeGauge.builder(key, source, TimeUnit.NANOSECONDS, from -> nanos(value.apply(from)))
                .description(description)
                .tags(tags(Kind.TIME, values))
                .strongReference(true)
                .register(registry);
    }

    <T> void timer(
            MeterRegistry registry, T source, Function<T, Long> count, Function<T, Duration> total, String... values) {
        FunctionTimer.builder(
                        key, source, count::apply, from -> total.apply(from).toNanos(), TimeUnit.NANOSECONDS)
                .description(description)
                .tags(tags(Kind.TIMER, values))
                .register(registry);
    }

    Timer histogram(MeterRegistry registry, String... values) {
        return Timer.builder(key)
                .description(description)
                .tags(tags(Kind.HISTOGRAM, values))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Tags tags(Kind wanted, String... values) {
        if (wanted != kind || values.length != tags.size()) {
            throw new IllegalArgumentException(key + " is a " + kind + " with the tags " + tags);
        }
        Tags all = Tags.empty();
        for (int i = 0; i < values.length; i++) {
            all = all.and(tags.get(i), values[i]);
        }
        return all;
    }

    private static double nanos(@Nullable Duration time) {
        return time == null ? Double.NaN : time.toNanos();
    }
}
