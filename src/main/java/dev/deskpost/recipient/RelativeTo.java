package dev.deskpost.recipient;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an input point is measured from. */
public enum RelativeTo {
    /** The window's client area. */
    @JsonProperty("window")
    WINDOW,

    /** The whole screen area. */
    @JsonProperty("screen")
    SCREEN
}
