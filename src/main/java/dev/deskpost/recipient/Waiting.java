package dev.deskpost.recipient;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/**
 * What a message does whose recipient is not ready.
 *
 * @param when what ready means
 * @param limit how long it waits at most, from when it was due
 * @param then what happens after that
 */
public record Waiting(DeliverWhen when, Duration limit, AfterLimit then) {

    static final Duration LIMIT = Duration.ofMinutes(30);

    /** What becomes of a message that has waited for too long. */
    public enum AfterLimit {
        /** It is delivered all the same; but it waits on while the recipient is blocked. */
        @JsonProperty("deliver")
        DELIVER,

        /** It fails, or goes into the recipient's inbox if there is one. */
        @JsonProperty("fail")
        FAIL
    }
}
