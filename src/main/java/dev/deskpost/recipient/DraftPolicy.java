package dev.deskpost.recipient;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens to a text that a person left in the input box. */
public enum DraftPolicy {
    /** Cut before, put back afterwards. */
    @JsonProperty("preserve")
    PRESERVE,

    /** Thrown away. */
    @JsonProperty("clear")
    CLEAR,

    /** Left alone, so that it is submitted together with the message. */
    @JsonProperty("ignore")
    IGNORE
}
