package dev.deskpost.delivery;

import dev.deskpost.database.DurableLater;
import dev.deskpost.delivery.DeliveryOutcome.Delivered;
import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.delivery.DeliveryOutcome.Unconfirmed;
import dev.deskpost.message.Channel;
import dev.deskpost.message.Claim;
import dev.deskpost.message.DeliveryQueue;
import dev.deskpost.message.Failure;
import dev.deskpost.recipient.Recipient;
import dev.deskpost.recipient.RecipientSettings.Retry;
import dev.deskpost.recipient.Recipients;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keeps the queue and the attempts in step: each method is one transaction over both. What it has kept survives the
 * process, so that a later one can tell what was certainly not submitted from what may have been.
 */
@Component
class DeliveryJournal {

    private static final Logger log = LoggerFactory.getLogger(DeliveryJournal.class);

    private final DeliveryQueue queue;
    private final Attempts attempts;
    private final DeliveryProperties properties;
    private final Recipients recipients;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Clock clock;

    DeliveryJournal(
            DeliveryQueue queue, Attempts attempts, Recipients recipients, DeliveryProperties properties, Clock clock) {
        this.queue = queue;
        this.recipients = recipients;
        this.attempts = attempts;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Takes the next due message in hand and starts its attempt. Durable with the first step that is kept: without one,
     * nothing has been done that a later process would have to know of.
     */
    @DurableLater
    public Optional<AttemptLog> claimNext(DeliveryQueue.Reach reach) {
        Optional<Claim> claim = queue.claimNext(reach);
        claim.ifPresent(taken -> attempts.start(taken, clock.instant()));
        return claim.map(taken -> new AttemptLog(taken, clock));
    }

    /**
     * Makes the steps so far durable.
     *
     * @return false if somebody else has taken the message over meanwhile: then nothing was written, and no step must follow
     */
    @Transactional
    public boolean keep(AttemptLog attempt) {
        if (!queue.holds(attempt.claim())) {
            return false;
        }
        write(attempt);
        return true;
    }

    /**
     * The text is submitted, and the recipient's own proof awaited: what the next process has to know of that is durable.
     *
     * @return false if somebody else has settled it meanwhile; then nothing was changed
     */
    @Transactional
    public boolean submitted(AttemptLog attempt) {
        if (!queue.holds(attempt.claim())) {
            return false;
        }
        write(attempt);
        attempts.leftText(attempt.claim().recipient(), null);
        return rested(attempt.claim(), true);
    }

    private void write(AttemptLog attempt) {
        if (attempt.isInDoubt()) {
            attempt.kept(attempts.countSteps(attempt.claim()));
        }
        int all = attempt.steps().size();
        attempts.add(attempt.notKept());
        attempt.keeping();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                attempt.kept(all);
            }
        });
    }

    /**
     * Ends the attempt and moves the message on.
     *
     * @param textLeft the message whose text may stand in the recipient's input box, submitted by nobody; null if none. Not
     *     always this one: while its proof was awaited another may have been pasted there
     * @return false if somebody else has settled it meanwhile; then nothing was changed. True also if it was settled like this
     *     before, by a transaction that was reported as failed
     */
    @Transactional
    public boolean settle(AttemptLog attempt, DeliveryOutcome outcome, @Nullable String textLeft) {
        if (!move(attempt.claim(), outcome)) {
            if (attempt.isInDoubt() && attempts.hasEndedAs(attempt.claim(), outcome)) {
                return true; // Committed then, and durable with this transaction
            }
            log.warn(
                    "Attempt {} of {} ended as {}, but the message had been settled before; nothing is changed",
                    attempt.claim().number(),
                    attempt.claim().messageId(),
                    outcome);
            return false;
        }
        write(attempt);
        attempts.end(attempt.claim(), outcome, clock.instant());
        attempts.leftText(attempt.claim().recipient(), textLeft);
        return true;
    }

    /** An attempt that was cut off: its process ended, or could not write down how it ended. */
    record CutOff(Claim claim, List<AttemptStep> kept) {

        /**
         * A text may stand in the input box that nobody submitted. Where the submit keys may have been pressed it may, too:
         * not to look would mean to merge it into the next message.
         */
        boolean leftText() {
            return last(Step.PASTING) > Math.max(last(Step.TAKEN_BACK), last(Step.SUBMITTED));
        }

        boolean mayBeSubmitted() {
            return last(Step.SUBMITTING) > last(Step.SUBMIT_REFUSED);
        }

        /** When the submit keys were about to be pressed, if they may have been. */
        Optional<Instant> submittedAt() {
            return mayBeSubmitted()
                    ? Optional.of(kept.get(last(Step.SUBMITTING)).at())
                    : Optional.empty();
        }

        /** By what the journal says: before SUBMITTING it was certainly not sent. */
        DeliveryOutcome outcome() {
            return mayBeSubmitted()
                    ? new Unconfirmed(
                            "Deskpost stopped while it pressed the submit keys; look at the window, then resolve or retry",
                            null)
                    : new NotSent(
                            FailureCode.INTERRUPTED, "Deskpost stopped before the submit keys; it is tried again");
        }

        private int last(Step step) {
            return kept.stream().map(AttemptStep::step).toList().lastIndexOf(step);
        }
    }

    /**
     * Attempts of this station on which nobody works; to be asked by its only executor, between attempts.
     *
     * @param inHand messages on which somebody does
     */
    @Transactional(readOnly = true)
    public List<CutOff> cutOff(Predicate<String> inHand) {
        return queue.inProcess().stream()
                .filter(claim -> !inHand.test(claim.messageId()))
                .map(claim -> new CutOff(
                        claim,
                        attempts.stepsOf(claim.messageId()).stream()
                                .filter(step -> step.number() == claim.number())
                                .toList()))
                .toList();
    }

    private boolean move(Claim claim, DeliveryOutcome outcome) {
        if (outcome instanceof Delivered delivered) {
            boolean moved = queue.delivered(claim, delivered.channel(), delivered.evidence());
            return delivered.channel() == Channel.WINDOW ? rested(claim, moved) : moved;
        } else if (outcome instanceof Unconfirmed unconfirmed) {
            return rested(claim, queue.unconfirmed(claim, unconfirmed.failure(), unconfirmed.evidence()));
        }
        return moveNotSent(claim, (NotSent) outcome);
    }

    /** What was or may have been submitted counts for the recipient's pacing. */
    private boolean rested(Claim claim, boolean settled) {
        Duration interval =
                recipients.find(claim.recipient()).map(Recipient::minInterval).orElse(Duration.ZERO);
        if (settled && !interval.isZero()) {
            queue.rest(claim.recipient(), interval);
        }
        return settled;
    }

    private boolean moveNotSent(Claim claim, NotSent notSent) {
        Instant now = clock.instant();
        Failure failure = notSent.failure();
        if (notSent.code() == FailureCode.RECIPIENT_BLOCKED) {
            return queue.postponed(claim, failure, now); // The queue knows when it is ready again
        }
        if (notSent.code().isDesktopWide()) {
            return queue.postponed(claim, failure, now.plus(properties.desktopRetry()));
        }
        if (notSent.isFinal(claim)) {
            return queue.failed(claim, failure);
        }
        return queue.retryAt(claim, failure, now.plus(retries(claim.recipient()).delayAfter(claim.attempt())));
    }

    /** No retry is announced for a later time, by the settings of everybody and of each recipient. */
    Instant latestRetry() {
        Stream<Duration> own = recipients.all().stream()
                .map(recipient -> recipient.settings().retry())
                .filter(Objects::nonNull)
                .map(Retry::delays)
                .filter(Objects::nonNull)
                .flatMap(List::stream);
        Duration longest = Stream.concat(own, properties.retryDelays().stream())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        Duration jitter = Duration.ofNanos(Math.round(longest.toNanos() * properties.retryJitter()));
        return clock.instant().plus(longest).plus(jitter).plus(properties.desktopRetry());
    }

    private RetryPolicy retries(String recipient) {
        List<Duration> own =
                recipients.find(recipient).map(Recipient::retryDelays).orElse(List.of());
        return new RetryPolicy(own.isEmpty() ? properties.retryDelays() : own, properties.retryJitter(), random);
    }
}
