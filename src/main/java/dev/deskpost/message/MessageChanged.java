package dev.deskpost.message;

/** A message has moved to another state. Published inside the transaction; listen after its commit. */
public record MessageChanged(String id, MessageState state) {}
