package dev.deskpost.message;

/** A message is in the queue. Published inside the transaction; listen after its commit. */
public record MessageAccepted(String id, String recipient) {}
