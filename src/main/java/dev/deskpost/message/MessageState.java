package dev.deskpost.message;

/** Where a message stands. The moves between states are the methods of {@link Message}. */
public enum MessageState {
    /** Waiting: for its turn, its {@code deliverAfter}, or its next try. */
    PENDING,
    /** An attempt is running. */
    PROCESSING,
    /** Proved, with evidence. */
    DELIVERED,
    /** Certainly not submitted, and tries used up. */
    FAILED,
    /** It may or may not have been submitted; never tried again by itself. */
    UNCONFIRMED,
    /** Never typed: a caller took it back. */
    CANCELLED,
    /** Never typed: its time was up. */
    EXPIRED;

    /** Whether nothing happens to the message any more unless somebody asks for it. */
    public boolean isFinal() {
        return this != PENDING && this != PROCESSING;
    }
}
