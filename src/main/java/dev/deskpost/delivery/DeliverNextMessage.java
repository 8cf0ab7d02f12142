package dev.deskpost.delivery;

import dev.deskpost.delivery.DeliveryOutcome.Delivered;
import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.delivery.DeliveryOutcome.Unconfirmed;
import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.message.Claim;
import dev.deskpost.recipient.Recipient;
import dev.deskpost.recipient.Recipients;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Delivers one message: claim it, deliver into the window ({@link WindowDelivery}) with the desktop that is held already
 * ({@link DesktopHold}), write down how it ended. Used by one thread.
 */
@Component
class DeliverNextMessage {

    private static final Logger log = LoggerFactory.getLogger(DeliverNextMessage.class);

    private final DeliveryJournal journal;
    private final Recipients recipients;
    private final DesktopHold desktop;
    private final DeliveryProperties properties;
    private final WindowsSeen windowsSeen;
    private final AdaptiveTimeouts timeouts;
    private final Processor processor;
    private final ApplicationEventPublisher events;
    private final AttemptObservers observers;

    private final Doubts doubts;
    private final EmptyBoxes emptyBoxes = new EmptyBoxes();

    /** Recipients in whose input box a text may stand that was neither submitted nor taken back. */
    private final Set<String> textLeftBehind = new HashSet<>();

    private boolean journalRead;

    DeliverNextMessage(
            DeliveryJournal journal,
            Recipients recipients,
            DesktopHold desktop,
            DeliveryProperties properties,
            WindowsSeen windowsSeen,
            AdaptiveTimeouts timeouts,
            Processor processor,
            ApplicationEventPublisher events,
            AttemptObservers observers) {
        this.journal = journal;
        this.recipients = recipients;
        this.desktop = desktop;
        this.properties = properties;
        this.doubts = new Doubts(properties.doubtAfterTheft(), properties.doubtAfterSilence());
        this.windowsSeen = windowsSeen;
        this.timeouts = timeouts;
        this.processor = processor;
        this.events = events;
        this.observers = observers;
    }

    /** @return how it ended, or empty if no message is due */
    Optional<DeliveryOutcome> run() {
        return run(this::attempt);
    }

    /** Gives the next message up for this time. @return the same, or empty if no message is due */
    Optional<DeliveryOutcome> giveUp(NotSent why) {
        return run(attempt -> why);
    }

    private Optional<DeliveryOutcome> run(Function<AttemptLog, DeliveryOutcome> deliver) {
        long start = System.nanoTime();
        Optional<AttemptLog> claimed = journal.claimNext();
        return claimed.map(attempt -> {
            processor.started(attempt);
            try {
                attempt.tell(observers);
                DeliveryOutcome outcome = deliver.apply(attempt);
                if (journal.settle(
                        attempt,
                        outcome,
                        textLeftBehind.contains(attempt.claim().recipient()))) {
                    Duration took = Duration.ofNanos(System.nanoTime() - start);
                    log.debug(
                            "{} for {}: {} in {}",
                            attempt.claim().messageId(),
                            attempt.claim().recipient(),
                            outcome,
                            took);
                    events.publishEvent(new AttemptFinished(attempt.claim().messageId(), outcome, took));
                }
                return outcome;
            } finally {
                processor.finished();
            }
        });
    }

    /** Settles what an earlier process, or a database that was away, left in the middle. */
    void settleCutOff() {
        if (!journalRead) {
            textLeftBehind.addAll(journal.textLeftBehind());
            journalRead = true;
        }
        for (DeliveryJournal.CutOff cutOff : journal.cutOff()) {
            if (cutOff.leftText()) {
                textLeftBehind.add(cutOff.claim().recipient());
            }
            journal.settle(cutOff);
        }
    }

    private DeliveryOutcome attempt(AttemptLog attempt) {
        Claim claim = attempt.claim();
        Optional<Recipient> recipient = recipients.find(claim.recipient());
        if (recipient.isEmpty()) {
            return new NotSent(
                    FailureCode.RECIPIENT_REMOVED,
                    "recipient '" + claim.recipient() + "' was removed; PUT it again, then retry the message");
        }
        try {
            Optional<DesktopSession> session = desktop.session();
            if (session.isEmpty()) {
                return new NotSent(FailureCode.DESKTOP_BUSY, "another holder kept the desktop for too long");
            }
            attempt.note(Step.LOCKED);
            return deliver(attempt, recipient.get(), session.get());
        } catch (DesktopUnavailable e) {
            return new NotSent(FailureCode.DESKTOP_UNAVAILABLE, e.reason());
        }
    }

    private DeliveryOutcome deliver(AttemptLog attempt, Recipient recipient, DesktopSession open) {
        Optional<WindowSeen> seen = recipient.input().flatMap(point -> windowsSeen.of(recipient.id()));
        WindowDelivery delivery = new WindowDelivery(
                attempt.claim(),
                recipient,
                open,
                properties,
                timeouts,
                doubts,
                emptyBoxes,
                steps(attempt),
                textLeftBehind.contains(recipient.id()),
                seen);
        try {
            DeliveryOutcome outcome = delivery.deliver();
            if (outcome instanceof Delivered && !delivery.where().equals(seen)) {
                delivery.where().ifPresent(where -> remember(recipient, where));
            }
            return outcome;
        } catch (DesktopUnavailable e) {
            return brokenOff(delivery, FailureCode.DESKTOP_UNAVAILABLE, e.reason());
        } catch (RuntimeException e) {
            log.error(
                    "The attempt on {} failed inside Deskpost; the message is kept and the next one follows",
                    attempt.claim().messageId(),
                    e);
            return brokenOff(delivery, FailureCode.INTERNAL_ERROR, "Deskpost failed: " + e);
        } finally {
            if (delivery.leavesText()) {
                textLeftBehind.add(recipient.id());
            } else {
                textLeftBehind.remove(recipient.id());
            }
        }
    }

    private AttemptSteps steps(AttemptLog attempt) {
        return new AttemptSteps() {
            @Override
            public void note(Step step) {
                attempt.note(step);
            }

            @Override
            public boolean keep(Step step) {
                attempt.note(step);
                if (!journal.keep(attempt)) {
                    return false;
                }
                observers.kept(attempt.claim(), step);
                return true;
            }
        };
    }

    /** Never fails: what became of the message does not depend on it. */
    private void remember(Recipient recipient, WindowSeen where) {
        try {
            windowsSeen.remember(recipient.id(), where);
        } catch (RuntimeException e) {
            log.warn(
                    "Could not write down where the window of {} is; that it moves may go unnoticed until the next"
                            + " delivery",
                    recipient.id(),
                    e);
        }
    }

    private static DeliveryOutcome brokenOff(WindowDelivery delivery, FailureCode code, String reason) {
        return delivery.mayBeSubmitted()
                ? new Unconfirmed("broken off while the submit keys were pressed: " + reason, null)
                : new NotSent(code, reason);
    }
}
