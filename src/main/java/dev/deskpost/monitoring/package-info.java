/**
 * What Deskpost says about itself: its health, how long its waits take, and how crowded its desktop's lock is.
 *
 * <p>It only looks. It must change nothing, and no other room may know that it is there.
 *
 * <p>Start reading at {@code DesktopHealthIndicator}.
 */
@ApplicationModule(allowedDependencies = {"message", "delivery", "receipt", "desktop", "station"})
@NullMarked
package dev.deskpost.monitoring;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
