/**
 * What the databases need that Spring Boot does not give them: commits that are durable before anybody hears of them.
 *
 * <p>It must not know what is stored, nor any other room.
 *
 * <p>Start reading at {@code DurableCommits}.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.deskpost.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
