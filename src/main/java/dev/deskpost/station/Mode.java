package dev.deskpost.station;

/** What a station does with its messages. */
public enum Mode {
    /** They are accepted and delivered. */
    RUNNING,
    /** They are accepted and wait. */
    PAUSED,
    /** What is queued is delivered, no new ones are accepted. */
    DRAINING
}
