package dev.deskpost.recipient;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens to a text that a person left in the input box. */
public enum DraftPolicy {
    /** Copied before, replaced by the message, put back afterwards. */
    @JsonProperty("preserve")
    PRESERVE,

    /** Thrown away. */
    @JsonProperty("clear")
    CLEAR,

    /** Left alone, so that it is submitted together with the message; lost if the attempt has to start over. */
    @JsonProperty("ignore")
    IGNORE
}
