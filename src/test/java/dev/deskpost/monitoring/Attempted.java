package dev.deskpost.monitoring;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.deskpost.delivery.AttemptFinished;
import dev.deskpost.delivery.AttemptStep;
import dev.deskpost.delivery.DeliveryOutcome;
import dev.deskpost.delivery.DeliveryOutcome.Delivered;
import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.delivery.DeliveryOutcome.Unconfirmed;
import dev.deskpost.delivery.FailureCode;
import dev.deskpost.delivery.Step;
import dev.deskpost.fixtures.HandClock;
import dev.deskpost.message.Channel;
import dev.deskpost.message.Claim;
import dev.deskpost.message.Evidence;
import dev.deskpost.message.Priority;
import dev.deskpost.message.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Attempts that ended, as the executor tells of them. Their messages were accepted when the clock began. */
record Attempted(Trigger trigger, int attempt, Instant dueSince) {

    static final Duration TOOK = Duration.ofMillis(20);

    static Attempted first() {
        return new Attempted(Trigger.FIRST, 1, HandClock.START);
    }

    static Attempted again(int attempt, Instant dueSince) {
        return new Attempted(Trigger.RETRY, attempt, dueSince);
    }

    AttemptFinished delivered() {
        return ended(new Delivered(Channel.WINDOW, Evidence.PASTE, null), true);
    }

    AttemptFinished intoInbox() {
        return ended(new Delivered(Channel.INBOX, null, null), true);
    }

    AttemptFinished unconfirmed() {
        return ended(new Unconfirmed(FailureCode.NOT_CONFIRMED, "said a test", Evidence.PASTE), true);
    }

    AttemptFinished notSent(FailureCode code) {
        return ended(new NotSent(code, "said a test"), false);
    }

    AttemptFinished failed(FailureCode code) {
        return ended(new NotSent(code, "said a test"), true);
    }

    /** With steps a millisecond, two milliseconds, … apart. */
    private AttemptFinished ended(DeliveryOutcome outcome, boolean isFinal) {
        Claim claim = new Claim(
                "msg_20261121_190500_1a2b3c4d",
                attempt,
                attempt,
                3,
                trigger,
                "agent-2",
                Priority.NORMAL,
                "a text that nobody else may read",
                "discord:alice",
                HandClock.START,
                dueSince);
        List<AttemptStep> steps = new ArrayList<>();
        Instant at = HandClock.START;
        for (Step step : List.of(Step.CLAIMED, Step.LOCKED, Step.FOUND, Step.FOCUSED)) {
            at = at.plusMillis(steps.size());
            AttemptStep done = mock(AttemptStep.class);
            when(done.step()).thenReturn(step);
            when(done.at()).thenReturn(at);
            steps.add(done);
        }
        return new AttemptFinished(claim, outcome, isFinal, TOOK, steps, false);
    }
}
