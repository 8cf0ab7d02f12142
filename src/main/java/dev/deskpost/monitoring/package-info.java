/**
 * What Deskpost says about itself: its health, and what it measures of deliveries, the queue, the executor and the desktop.
 *
 * <p>It only looks. It must change nothing, and no other room may know that it is there. Who asks it waits neither for the
 * database nor for the desktop: what they said is read on a timer.
 *
 * <p>Start reading at {@code Metric}, then {@code QueueFigures}.
 */
@ApplicationModule(allowedDependencies = {"message", "delivery", "receipt", "desktop", "station"})
@NullMarked
package dev.deskpost.monitoring;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
