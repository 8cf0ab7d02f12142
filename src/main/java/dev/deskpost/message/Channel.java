package dev.deskpost.message;

/** The way on which a message reached its recipient. */
public enum Channel {
    /** Typed into the recipient's window. */
    WINDOW,
    /** Written as a file into the recipient's inbox. */
    INBOX
}
