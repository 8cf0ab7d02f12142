package dev.deskpost.recipient;

/** A recipient was written down, changed or removed; messages that waited for it may be due now. */
public record RecipientChanged(String id) {}
