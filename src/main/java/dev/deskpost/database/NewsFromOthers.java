package dev.deskpost.database;

import org.jspecify.annotations.Nullable;

/**
 * Another process that shares the database tells something. It may be lost with a connection, and nothing may depend on it.
 *
 * @param news as it was given to {@link WakeUpCalls#tell}; null if some may have been lost
 */
public record NewsFromOthers(@Nullable String news) {}
