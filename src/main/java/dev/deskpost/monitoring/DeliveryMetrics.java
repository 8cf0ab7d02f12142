package dev.deskpost.monitoring;

import dev.deskpost.delivery.AttemptFinished;
import dev.deskpost.delivery.AttemptStep;
import dev.deskpost.delivery.DeliveryOutcome;
import dev.deskpost.delivery.DeliveryOutcome.Delivered;
import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.delivery.DeliveryOutcome.Unconfirmed;
import dev.deskpost.delivery.FailureCode;
import dev.deskpost.delivery.Step;
import dev.deskpost.message.Channel;
import dev.deskpost.message.Claim;
import dev.deskpost.message.Evidence;
import dev.deskpost.message.Trigger;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Counts the attempts of this process, and how long they took. A delivery is counted when its last attempt ends: what a late
 * proof or a person makes of it later shows in the receipts and in the moves of messages.
 */
@Component
class DeliveryMetrics {

    private static final String DELIVERED = "delivered";
    private static final String NOT_SENT = "not_sent";
    private static final String UNCONFIRMED = "unconfirmed";
    private static final String FAILED = "failed";

    /** Those that leave a message unconfirmed. All others say that it was not sent. */
    private static final Set<FailureCode> DOUBTS = Set.of(
            FailureCode.NOT_CONFIRMED,
            FailureCode.RECIPIENT_SILENT,
            FailureCode.TRUNCATED,
            FailureCode.MERGED,
            FailureCode.MISROUTED);

    /** The try before did not count, so this is not another one. */
    private static final String POSTPONED = "postponed";

    private static final List<String> TRIGGERS =
            List.of(word(Trigger.FIRST), word(Trigger.RETRY), word(Trigger.REPLAY), POSTPONED);

    private final MeterRegistry registry;
    private final Clock clock;

    DeliveryMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        registerAll();
    }

    /** One that appears with its first event has no rise that an alert could see. */
    private void registerAll() {
        for (Evidence evidence : Evidence.values()) {
            countDelivery(DELIVERED, word(Channel.WINDOW), word(evidence), 0);
            countDelivery(UNCONFIRMED, Metric.NONE, word(evidence), 0);
            Metric.ATTEMPT_DURATION.histogram(registry, DELIVERED, word(evidence));
            Metric.ATTEMPT_DURATION.histogram(registry, UNCONFIRMED, word(evidence));
        }
        countDelivery(DELIVERED, word(Channel.INBOX), Metric.NONE, 0);
        countDelivery(UNCONFIRMED, Metric.NONE, Metric.NONE, 0);
        countDelivery(FAILED, Metric.NONE, Metric.NONE, 0);
        for (String outcome : List.of(DELIVERED, UNCONFIRMED, NOT_SENT)) {
            Metric.ATTEMPT_DURATION.histogram(registry, outcome, Metric.NONE);
        }
        for (String trigger : TRIGGERS) {
            Metric.DELIVERY_LATENCY.histogram(registry, trigger);
            Metric.ATTEMPTS.counter(registry, trigger, DELIVERED, Metric.NONE);
            for (FailureCode code : FailureCode.values()) {
                Metric.ATTEMPTS.counter(registry, trigger, DOUBTS.contains(code) ? UNCONFIRMED : NOT_SENT, word(code));
            }
        }
        for (Step step : Step.values()) {
            if (step != Step.CLAIMED) {
                Metric.ATTEMPT_STEP.histogram(registry, word(step));
            }
        }
    }

    @EventListener
    void on(AttemptFinished finished) {
        Claim claim = finished.claim();
        DeliveryOutcome outcome = finished.outcome();
        String trigger = triggerOf(claim);
        if (outcome instanceof Delivered delivered) {
            String evidence = word(delivered.evidence());
            countDelivery(DELIVERED, word(delivered.channel()), evidence, 1);
            countAttempt(trigger, DELIVERED, null);
            time(finished, DELIVERED, evidence);
            Metric.DELIVERY_LATENCY.histogram(registry, trigger).record(Latency.of(claim, clock.instant()));
        } else if (outcome instanceof Unconfirmed unconfirmed) {
            String evidence = word(unconfirmed.evidence());
            countDelivery(UNCONFIRMED, Metric.NONE, evidence, 1);
            countAttempt(trigger, UNCONFIRMED, unconfirmed.code());
            time(finished, UNCONFIRMED, evidence);
        } else if (outcome instanceof NotSent notSent) {
            countDelivery(FAILED, Metric.NONE, Metric.NONE, finished.isFinal() ? 1 : 0);
            countAttempt(trigger, NOT_SENT, notSent.code());
            time(finished, NOT_SENT, Metric.NONE);
        }
    }

    private static String triggerOf(Claim claim) {
        return claim.trigger() == Trigger.RETRY && claim.attempt() == 1 ? POSTPONED : word(claim.trigger());
    }

    private void countDelivery(String outcome, String channel, String evidence, int by) {
        Metric.DELIVERIES.counter(registry, outcome, channel, evidence).increment(by);
    }

    private void countAttempt(String trigger, String outcome, @Nullable FailureCode code) {
        Metric.ATTEMPTS.counter(registry, trigger, outcome, word(code)).increment();
    }

    /** Not of an attempt that was cut off: most of it is the time in which there was no process. */
    private void time(AttemptFinished finished, String outcome, String evidence) {
        if (finished.resumed()) {
            return;
        }
        Metric.ATTEMPT_DURATION.histogram(registry, outcome, evidence).record(finished.took());
        AttemptStep before = null;
        for (AttemptStep step : finished.steps()) {
            if (before != null) {
                // A timer leaves out what is negative: the clock was set back
                Metric.ATTEMPT_STEP
                        .histogram(registry, word(step.step()))
                        .record(Duration.between(before.at(), step.at()));
            }
            before = step;
        }
    }

    private static String word(@Nullable Enum<?> value) {
        return value == null ? Metric.NONE : value.name().toLowerCase(Locale.ROOT);
    }
}
