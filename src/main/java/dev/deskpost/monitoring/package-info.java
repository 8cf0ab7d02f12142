/**
 * What Deskpost says about itself: its health, the last hour, what it measures of deliveries, the queue, the executor and the
 * desktop; its alerts ({@code alert}) and who is told of them ({@code notify}).
 *
 * <p>It only looks. It must change nothing, and no room that it looks at may know that it is there; only those that show it
 * to people and programs do. Who asks it waits neither for the
 * database nor for the desktop: what they said is read on a timer.
 *
 * <p>Start reading at {@code Metric}, then {@code QueueFigures}.
 */
@ApplicationModule(allowedDependencies = {"message", "delivery", "receipt", "desktop", "station"})
@NullMarked
package dev.deskpost.monitoring;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
