package dev.deskpost.delivery;

import java.time.Duration;

/**
 * An attempt has ended and is written down.
 *
 * @param took from before the claim until after the commit of the outcome
 */
public record AttemptFinished(String messageId, DeliveryOutcome outcome, Duration took) {}
