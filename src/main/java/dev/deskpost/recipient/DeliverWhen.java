package dev.deskpost.recipient;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a recipient that says it is busy gets messages. One that is blocked by a question of its own never does. */
public enum DeliverWhen {
    /** Busy or not. */
    @JsonProperty("always")
    ALWAYS,

    /** When it has said that it is idle, or has not said anything for long. */
    @JsonProperty("idle")
    IDLE
}
