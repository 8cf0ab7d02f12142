/**
 * What was accepted, and what became of it: the durable queue, the states of a message and the moves between them. Its
 * attempts belong to {@code delivery}.
 *
 * <p>It must not know the desktop nor who delivers. It never calls {@code delivery}: it publishes {@code MessageAccepted}
 * after the commit, and the loop wakes.
 *
 * <p>Start reading at {@code Message} and {@code MessageState}, then {@code Messages}, which senders use, and {@code
 * DeliveryQueue}, which the executor uses; {@code Lane} is what keeps the order.
 */
@ApplicationModule(allowedDependencies = {"recipient", "station", "database", "problem"})
@NullMarked
package dev.deskpost.message;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
