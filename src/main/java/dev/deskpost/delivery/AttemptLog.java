package dev.deskpost.delivery;

import dev.deskpost.message.Claim;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** What the running attempt has done so far. Written by the executor's thread, read by those who ask how far it is. */
final class AttemptLog {

    private final Claim claim;
    private final Clock clock;
    private final List<AttemptStep> steps = new ArrayList<>();
    private int kept;

    AttemptLog(Claim claim, Clock clock) {
        this.claim = claim;
        this.clock = clock;
        note(Step.CLAIMED);
    }

    Claim claim() {
        return claim;
    }

    synchronized void note(Step step) {
        steps.add(new AttemptStep(claim.messageId(), claim.number(), steps.size(), step, clock.instant()));
    }

    synchronized Step current() {
        return steps.get(steps.size() - 1).step();
    }

    /** The steps that the journal does not have yet. */
    synchronized List<AttemptStep> notKept() {
        return List.copyOf(steps.subList(kept, steps.size()));
    }

    synchronized void markKept(int count) {
        kept += count;
    }
}
