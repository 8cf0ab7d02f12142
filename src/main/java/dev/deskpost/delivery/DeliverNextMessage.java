package dev.deskpost.delivery;

import dev.deskpost.delivery.DeliveryOutcome.Delivered;
import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.message.Claim;
import dev.deskpost.message.DeliveryQueue.Reach;
import dev.deskpost.message.Evidence;
import dev.deskpost.receipt.ReadyRecipients;
import dev.deskpost.receipt.ReadyRecipients.NotReady;
import dev.deskpost.recipient.Recipient;
import dev.deskpost.recipient.Recipients;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Delivers one message: claim it, bring it into the window ({@link IntoWindow}) or the inbox ({@link IntoInbox}), and write
 * down how that ended, at once or when the recipient's own proof has come ({@link AwaitedProofs}). Used by one thread.
 */
@Component
class DeliverNextMessage {

    private static final Logger log = LoggerFactory.getLogger(DeliverNextMessage.class);

    /** What was known of a recipient so long ago is asked again before keys are pressed. */
    private static final Duration ASKED_LONG_AGO = Duration.ofMillis(100);

    private final DeliveryJournal journal;
    private final Recipients recipients;
    private final ReadyRecipients ready;
    private final IntoWindow intoWindow;
    private final IntoInbox intoInbox;
    private final AwaitedProofs proofs;
    private final Outcomes outcomes;
    private final LeftTexts leftTexts;
    private final Processor processor;
    private final AttemptObservers observers;
    private final Clock clock;

    DeliverNextMessage(
            DeliveryJournal journal,
            Recipients recipients,
            ReadyRecipients ready,
            IntoWindow intoWindow,
            IntoInbox intoInbox,
            AwaitedProofs proofs,
            Outcomes outcomes,
            LeftTexts leftTexts,
            Processor processor,
            AttemptObservers observers,
            Clock clock) {
        this.journal = journal;
        this.recipients = recipients;
        this.ready = ready;
        this.intoWindow = intoWindow;
        this.intoInbox = intoInbox;
        this.proofs = proofs;
        this.outcomes = outcomes;
        this.leftTexts = leftTexts;
        this.processor = processor;
        this.observers = observers;
        this.clock = clock;
    }

    /** @return how it ended for now, or empty if no message is due */
    Optional<DeliveryOutcome> run(Reach reach) {
        return run(reach, this::attempt);
    }

    /** Gives the next message up for this time that needs the desktop. @return the same, or empty if none is due */
    Optional<DeliveryOutcome> giveUp(NotSent why) {
        return run(Reach.WITH_DESKTOP, attempt -> why);
    }

    private Optional<DeliveryOutcome> run(Reach reach, Function<AttemptLog, DeliveryOutcome> deliver) {
        Optional<AttemptLog> claimed = journal.claimNext(reach);
        return claimed.map(attempt -> {
            processor.started(attempt);
            try {
                attempt.tell(observers);
                return settle(attempt, deliver.apply(attempt));
            } finally {
                processor.finished();
            }
        });
    }

    /** What the recipient has proved meanwhile, or what may stand in its input box, would be there twice. */
    private DeliveryOutcome orIntoInbox(DeliveryOutcome outcome, AttemptLog attempt) {
        if (!(outcome instanceof NotSent)) {
            return outcome;
        }
        Optional<Evidence> proof = proofs.proofOf(attempt.claim());
        if (proof.isPresent()) {
            attempt.note(Step.CONFIRMED);
            return new Delivered(proof.get());
        }
        return leftTexts.isLeftBy(attempt.claim()) ? outcome : intoInbox.inPlaceOf(outcome, attempt);
    }

    /** Whatever fails here, how the attempt ended is known from then on. */
    private DeliveryOutcome settle(AttemptLog attempt, DeliveryOutcome ended) {
        DeliveryOutcome outcome = ended;
        try {
            outcome = orIntoInbox(ended, attempt);
        } finally {
            outcomes.add(attempt, outcome);
        }
        outcomes.writeDown();
        return outcome;
    }

    /** Settles the attempts whose recipient has confirmed them, or has not in time. */
    void settleProved() {
        proofs.settle(outcomes::add);
        outcomes.writeDown();
    }

    /**
     * Settles what an earlier process, or a database that was away, left in the middle; or waits on for its proof. What is
     * known comes before what only the journal tells.
     */
    void settleCutOff() {
        leftTexts.read();
        outcomes.writeDown();
        for (DeliveryJournal.CutOff cutOff : journal.cutOff(proofs::isAwaited)) {
            Claim claim = cutOff.claim();
            log.warn("The attempt on {} was cut off: {}", claim.messageId(), cutOff.outcome());
            if (cutOff.leftText()) {
                leftTexts.note(claim, true, true);
            }
            AttemptLog attempt = AttemptLog.resumed(claim, clock, cutOff.kept());
            Optional<Recipient> recipient = recipients.find(claim.recipient()).filter(Recipient::confirmsItself);
            if (recipient.isPresent() && cutOff.submittedAt().isPresent()) {
                proofs.adopt(attempt, recipient.get(), cutOff.submittedAt().get());
            } else {
                settle(attempt, cutOff.outcome());
            }
        }
    }

    /** No retry is announced for a later time. */
    Instant latestRetry() {
        return journal.latestRetry();
    }

    /** The station is another's now, and with it what was in hand here. */
    void forget() {
        proofs.forget();
        outcomes.forget();
    }

    private DeliveryOutcome attempt(AttemptLog attempt) {
        Claim claim = attempt.claim();
        Optional<Recipient> recipient = recipients.find(claim.recipient());
        if (recipient.isEmpty()) {
            return new NotSent(
                    FailureCode.RECIPIENT_REMOVED,
                    "recipient '" + claim.recipient() + "' was removed; PUT it again, then retry the message");
        }
        if (recipient.get().window().isEmpty()) {
            return intoInbox.deliver(attempt, recipient.get());
        }
        Optional<NotSent> notReady = notReady(claim, recipient.get(), false);
        return notReady.isPresent()
                ? notReady.get()
                : intoWindow.deliver(attempt, recipient.get(), steps(attempt, recipient.get()));
    }

    /** @param pasted then the text stands there already, and waits, however long it has waited before */
    private Optional<NotSent> notReady(Claim claim, Recipient recipient, boolean pasted) {
        return ready.notReady(recipient, claim.dueSince())
                .map(obstacle -> obstacle.tooLong() && !(pasted && obstacle.isQuestion())
                        ? new NotSent(
                                FailureCode.RECIPIENT_NOT_READY,
                                "the message has waited for "
                                        + recipient.waiting().limit() + " for the recipient: " + obstacle.words())
                        : blocked(obstacle));
    }

    private static NotSent blocked(NotReady obstacle) {
        return new NotSent(FailureCode.RECIPIENT_BLOCKED, "nothing was typed: " + obstacle.words());
    }

    /** A person may have pressed the submit key on what an earlier try had pasted. */
    private Optional<NotSent> provedMeanwhile(Claim claim) {
        return claim.number() == 1
                ? Optional.empty()
                : proofs.proofOf(claim)
                        .map(proof -> new NotSent(FailureCode.INTERRUPTED, "the recipient has got the text meanwhile"));
    }

    private AttemptSteps steps(AttemptLog attempt, Recipient recipient) {
        return new AttemptSteps() {
            @Override
            public void note(Step step) {
                attempt.note(step);
            }

            @Override
            public Optional<NotSent> blocked() {
                return ready.notReady(recipient, attempt.claim().dueSince())
                        .filter(NotReady::isQuestion)
                        .map(DeliverNextMessage::blocked);
            }

            private Optional<NotSent> refusal(Step step) {
                Claim claim = attempt.claim();
                return switch (step) {
                    case SUBMIT_REFUSED -> Optional.empty();
                    case SUBMITTING -> notReady(claim, recipient, true).or(() -> provedMeanwhile(claim));
                    default -> notReady(claim, recipient, false);
                };
            }

            @Override
            public Optional<NotSent> keep(Step step) {
                Optional<NotSent> refusal = refusal(step);
                if (refusal.isPresent()) {
                    return refusal;
                }
                if (step == Step.SUBMITTING) {
                    proofs.expect(attempt.claim(), recipient);
                }
                attempt.note(step);
                long asked = System.nanoTime();
                if (!journal.keep(attempt)) {
                    return Optional.of(new NotSent(
                            FailureCode.INTERRUPTED,
                            "another executor has taken the message over; nothing was submitted"));
                }
                if (System.nanoTime() - asked > ASKED_LONG_AGO.toNanos()) {
                    Optional<NotSent> late = lateRefusal(step);
                    if (late.isPresent()) {
                        return late;
                    }
                }
                observers.kept(attempt.claim(), step);
                return Optional.empty();
            }

            /** The database took its time, and meanwhile the recipient may have asked a person something. */
            private Optional<NotSent> lateRefusal(Step step) {
                Optional<NotSent> refusal = refusal(step);
                if (refusal.isPresent() && step == Step.SUBMITTING) {
                    attempt.note(Step.SUBMIT_REFUSED);
                    journal.keep(attempt);
                }
                return refusal;
            }
        };
    }
}
