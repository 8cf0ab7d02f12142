/**
 * What Deskpost says about itself: its health, and how long its waits take.
 *
 * <p>It only looks. It must change nothing, and no other room may know that it is there.
 *
 * <p>Start reading at {@code DesktopHealthIndicator}.
 */
@ApplicationModule(allowedDependencies = {"message", "delivery", "desktop"})
@NullMarked
package dev.deskpost.monitoring;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
