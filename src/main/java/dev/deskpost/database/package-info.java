/**
 * What the databases need that Spring Boot does not give them: commits that are durable before anybody hears of them, and
 * calls that wake the others who share one.
 *
 * <p>It must not know what is stored, nor any other room.
 *
 * <p>Start reading at {@code DurableCommits} for H2, {@code WakeUpCalls} for PostgreSQL.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.deskpost.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
