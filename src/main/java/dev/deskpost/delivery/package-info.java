/**
 * Brings accepted messages into their windows, one at a time, and proves that they arrived.
 *
 * <p>It must not know a platform, HTTP clients of the senders or how numbers are shown. Only what certainly was not
 * submitted is tried again by itself.
 *
 * <p>Start reading at {@code DeliverNextMessage}: the protocol from top to bottom, one line a step. {@code DeliveryLoop}
 * repeats it and survives.
 */
@ApplicationModule(allowedDependencies = {"message", "recipient", "desktop", "problem"})
@NullMarked
package dev.deskpost.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
