package dev.deskpost.delivery;

import dev.deskpost.message.Claim;
import java.time.Duration;
import java.util.List;

/**
 * An attempt has ended and is written down. Published after the commit, by the executor's thread: what a listener takes its
 * time for, the next message waits for.
 *
 * @param isFinal whether the message waits for no other try
 * @param took from before the claim until after the commit of the outcome
 * @param steps what was done, in its order
 * @param resumed whether it was cut off and settled by another run: what it took is mostly the time in between
 */
public record AttemptFinished(
        Claim claim,
        DeliveryOutcome outcome,
        boolean isFinal,
        Duration took,
        List<AttemptStep> steps,
        boolean resumed) {}
