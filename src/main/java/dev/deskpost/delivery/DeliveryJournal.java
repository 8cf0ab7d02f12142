package dev.deskpost.delivery;

import dev.deskpost.database.DurableLater;
import dev.deskpost.delivery.DeliveryOutcome.Delivered;
import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.delivery.DeliveryOutcome.Unconfirmed;
import dev.deskpost.message.Claim;
import dev.deskpost.message.Failure;
import dev.deskpost.message.Messages;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps the queue and the attempts in step: each method is one transaction over both. What it has kept survives the
 * process, so that a later one can tell what was certainly not submitted from what may have been.
 */
@Component
class DeliveryJournal {

    private static final Logger log = LoggerFactory.getLogger(DeliveryJournal.class);

    private final Messages messages;
    private final Attempts attempts;
    private final DeliveryProperties properties;
    private final RetryPolicy retries;
    private final Clock clock;

    DeliveryJournal(Messages messages, Attempts attempts, DeliveryProperties properties, Clock clock) {
        this.messages = messages;
        this.attempts = attempts;
        this.properties = properties;
        this.retries =
                new RetryPolicy(properties.retryDelays(), properties.retryJitter(), RandomGenerator.getDefault());
        this.clock = clock;
    }

    /**
     * Takes the next due message in hand and starts its attempt. Durable with the first step that is kept: without one,
     * nothing has been done that a later process would have to know of.
     */
    @DurableLater
    public Optional<AttemptLog> claimNext() {
        Optional<Claim> claim = messages.claimNext();
        claim.ifPresent(taken -> attempts.start(taken, clock.instant()));
        return claim.map(taken -> new AttemptLog(taken, clock));
    }

    /** Makes the steps so far durable. */
    @Transactional
    public void keep(AttemptLog attempt) {
        List<AttemptStep> steps = attempt.notKept();
        attempts.add(steps);
        attempt.markKept(steps.size());
    }

    /**
     * Ends the attempt and moves the message on.
     *
     * @return false if somebody else has settled it meanwhile; then nothing was changed
     */
    @Transactional
    public boolean settle(AttemptLog attempt, DeliveryOutcome outcome) {
        if (!move(attempt.claim(), outcome)) {
            log.warn(
                    "Attempt {} of {} ended as {}, but the message had been settled before; nothing is changed",
                    attempt.claim().number(),
                    attempt.claim().messageId(),
                    outcome);
            return false;
        }
        keep(attempt);
        attempts.end(attempt.claim(), outcome, clock.instant());
        return true;
    }

    /** An attempt that was cut off: its process ended, or could not write down how it ended. */
    record CutOff(Claim claim, List<Step> steps) {

        /**
         * A text may stand in the input box that nobody submitted. Where the submit keys may have been pressed it may, too:
         * not to look would mean to merge it into the next message.
         */
        boolean leftText() {
            return steps.lastIndexOf(Step.PASTING) > steps.lastIndexOf(Step.TAKEN_BACK);
        }

        boolean mayBeSubmitted() {
            return steps.contains(Step.SUBMITTING);
        }
    }

    /** Attempts on which nobody works; to be asked by the only executor, between attempts. */
    @Transactional(readOnly = true)
    public List<CutOff> cutOff() {
        return messages.inProcess().stream()
                .map(claim -> new CutOff(
                        claim,
                        attempts.stepsOf(claim.messageId()).stream()
                                .filter(step -> step.number() == claim.number())
                                .map(AttemptStep::step)
                                .toList()))
                .toList();
    }

    /** Recipients in whose input box an attempt, of this process or an earlier one, may have left its text. */
    public Set<String> textLeftBehind() {
        return attempts.textLeftBehind();
    }

    /** Settles a cut-off attempt by what the journal says: before SUBMITTING it was certainly not sent. */
    @Transactional
    public void settle(CutOff cutOff) {
        DeliveryOutcome outcome = cutOff.mayBeSubmitted()
                ? new Unconfirmed(
                        "Deskpost stopped while it pressed the submit keys; look at the window, then resolve or retry",
                        null)
                : new NotSent(FailureCode.INTERRUPTED, "Deskpost stopped before the submit keys; it is tried again");
        if (move(cutOff.claim(), outcome)) {
            attempts.end(cutOff.claim(), outcome, clock.instant());
            log.warn("The attempt on {} was cut off: {}", cutOff.claim().messageId(), outcome);
        }
    }

    private boolean move(Claim claim, DeliveryOutcome outcome) {
        if (outcome instanceof Delivered delivered) {
            return messages.delivered(claim, delivered.channel(), delivered.evidence());
        } else if (outcome instanceof Unconfirmed unconfirmed) {
            return messages.unconfirmed(claim, unconfirmed.failure(), unconfirmed.evidence());
        }
        return moveNotSent(claim, (NotSent) outcome);
    }

    private boolean moveNotSent(Claim claim, NotSent notSent) {
        Instant now = clock.instant();
        Failure failure = notSent.failure();
        if (notSent.code().isDesktopWide()) {
            return messages.postponed(claim, failure, now.plus(properties.desktopRetry()));
        }
        if (claim.isLastTry() || notSent.code() == FailureCode.RECIPIENT_REMOVED) {
            return messages.failed(claim, failure);
        }
        return messages.retryAt(claim, failure, now.plus(retries.delayAfter(claim.attempt())));
    }
}
