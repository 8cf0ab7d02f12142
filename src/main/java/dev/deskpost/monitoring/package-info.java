/**
 * Metrics, health and alerts: what Deskpost says about itself.
 *
 * <p>It only looks. It must change nothing, and no other room may know that it is there.
 *
 * <p>Start reading at the alert rules: they name the numbers that matter.
 */
@ApplicationModule(allowedDependencies = {"message", "delivery", "desktop"})
@NullMarked
package dev.deskpost.monitoring;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
