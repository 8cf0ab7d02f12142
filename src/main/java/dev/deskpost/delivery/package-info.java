/**
 * Brings accepted messages into their windows, one at a time, and proves that they arrived.
 *
 * <p>It must not know a platform, HTTP clients of the senders or how numbers are shown. Only what certainly was not
 * submitted is tried again by itself.
 *
 * <p>Start reading at {@code DeliveryLoop}, which repeats and survives, then {@code WindowDelivery}: the protocol from top
 * to bottom. What stands below it: {@code Approach}, {@code InputBox}, {@code Writing}.
 */
@ApplicationModule(
        allowedDependencies = {"message", "recipient", "receipt", "station", "desktop", "database", "problem"})
@NullMarked
package dev.deskpost.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
