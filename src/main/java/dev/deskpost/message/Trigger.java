package dev.deskpost.message;

/** Why there is an attempt. */
public enum Trigger {
    /** The message was due for the first time. */
    FIRST,
    /** An earlier attempt certainly did not submit it. */
    RETRY,
    /** A person wanted a message that had failed, or was not confirmed, to be tried again. */
    REPLAY
}
