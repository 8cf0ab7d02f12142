package dev.deskpost.delivery;

import dev.deskpost.message.Claim;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the running attempt has done so far. Written by the executor's thread, read by those who ask how far it is. */
final class AttemptLog {

    private final Claim claim;
    private final Clock clock;
    private final List<AttemptStep> steps = new ArrayList<>();
    private @Nullable AttemptObservers observers;
    private final boolean resumed;
    private int kept;
    private boolean inDoubt;

    AttemptLog(Claim claim, Clock clock) {
        this.claim = claim;
        this.clock = clock;
        this.resumed = false;
        add(Step.CLAIMED);
    }

    private AttemptLog(Claim claim, Clock clock, List<AttemptStep> kept) {
        this.claim = claim;
        this.clock = clock;
        this.resumed = true;
        this.steps.addAll(kept);
        this.kept = kept.size();
    }

    /** One that an earlier process has begun. */
    static AttemptLog resumed(Claim claim, Clock clock, List<AttemptStep> kept) {
        return new AttemptLog(claim, clock, kept);
    }

    /** Whether another run than this has begun it. */
    boolean isResumed() {
        return resumed;
    }

    /** They hear of all steps, of those before this call at once. */
    void tell(AttemptObservers everybody) {
        List<Step> before;
        synchronized (this) {
            observers = everybody;
            before = steps.stream().map(AttemptStep::step).toList();
        }
        before.forEach(step -> everybody.noted(claim, step));
    }

    Claim claim() {
        return claim;
    }

    /** The observers are told without the lock: those who ask how far it is do not wait for them. */
    void note(Step step) {
        AttemptObservers everybody = add(step);
        if (everybody != null) {
            everybody.noted(claim, step);
        }
    }

    private synchronized @Nullable AttemptObservers add(Step step) {
        steps.add(new AttemptStep(claim.messageId(), claim.number(), steps.size(), step, clock.instant()));
        return observers;
    }

    /** Of one that was cut off before it kept anything nobody knows it any more: now. */
    synchronized Instant startedAt() {
        return steps.isEmpty() ? clock.instant() : steps.get(0).at();
    }

    synchronized Step current() {
        return steps.get(steps.size() - 1).step();
    }

    /** Whether the step was done, and not refused or begun anew after that. */
    synchronized boolean isDone(Step step) {
        List<Step> done = steps.stream().map(AttemptStep::step).toList();
        return done.lastIndexOf(step) > done.lastIndexOf(Step.SUBMITTING);
    }

    /** Whether its text may have come into the input box. */
    synchronized boolean hasPasted() {
        return steps.stream().anyMatch(step -> step.step() == Step.PASTING);
    }

    synchronized List<AttemptStep> steps() {
        return List.copyOf(steps);
    }

    /** The steps that the journal does not have yet. */
    synchronized List<AttemptStep> notKept() {
        return List.copyOf(steps.subList(kept, steps.size()));
    }

    /** They are being written; nobody knows whether they were until {@link #kept} says so. */
    synchronized void keeping() {
        inDoubt = true;
    }

    /** Whether a transaction has not said whether it kept the steps that it was to keep. */
    synchronized boolean isInDoubt() {
        return inDoubt;
    }

    /** @param count so many are kept, from the first on */
    synchronized void kept(int count) {
        kept = count;
        inDoubt = false;
    }
}
