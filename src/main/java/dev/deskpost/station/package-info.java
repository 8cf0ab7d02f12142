/**
 * The station: one Deskpost with its desktop. Which process holds it when several share a database, and whether it runs,
 * pauses or drains, over restarts.
 *
 * <p>It must not know what a station does.
 *
 * <p>Start reading at {@code StationLease}.
 */
@ApplicationModule(allowedDependencies = {"database"})
@NullMarked
package dev.deskpost.station;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
