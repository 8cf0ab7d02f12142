package dev.deskpost.recipient;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a recipient does at present, as it said itself.
 *
 * @param since when it began
 * @param until when it is not believed any more unless the recipient says so again; null if it holds until it says
 *     something else
 */
public record Activity(State state, Instant since, @Nullable Instant until) {

    /** The names are part of the API. */
    public enum State {
        /** It works on something. */
        BUSY,
        /** It waits for something to do. */
        IDLE,
        /** It shows a question to a person, such as whether it may run a command: the submit key would answer it. */
        BLOCKED
    }

    /** Whether it is believed at a time. */
    public boolean holdsAt(Instant now) {
        return until == null || until.isAfter(now);
    }
}
