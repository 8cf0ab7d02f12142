package dev.deskpost.delivery;

import dev.deskpost.message.Claim;

/**
 * Hears how far each attempt is. Beans of this type are found by themselves.
 *
 * <p>They are called on the executor's thread, between the steps: what an observer takes its time for, the message waits for.
 * What it throws is logged and changes nothing.
 */
public interface AttemptObserver {

    /**
     * The step was done; one that has to be durable before its effect ({@link Step#PASTING}, {@link Step#SUBMITTING}) is
     * about to be written down. {@link Step#CLAIMED} is told after the commit of the claim.
     */
    default void noted(Claim claim, Step step) {}

    /** The step is durable, and its effect has not begun. */
    default void kept(Claim claim, Step step) {}
}
