package dev.deskpost.message;

/**
 * A message has moved to another state. Published inside the transaction; listen after its commit.
 *
 * @param replayed a person has had it tried again before
 */
public record MessageChanged(String id, String recipient, MessageState state, boolean replayed) {}
