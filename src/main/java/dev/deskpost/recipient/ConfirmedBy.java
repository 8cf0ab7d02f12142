package dev.deskpost.recipient;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which proof a recipient asks for. */
public enum ConfirmedBy {
    /** Its program fetched the text, and the submit keys reached its window. */
    @JsonProperty("paste")
    PASTE,

    /** It wrote a file that names the message. */
    @JsonProperty("inbox")
    INBOX,

    /** Its own hook reported the message. */
    @JsonProperty("receipt")
    RECEIPT
}
