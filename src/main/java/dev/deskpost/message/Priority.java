package dev.deskpost.message;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Locale;

/**
 * How much a message is ahead of the others. Each priority is worth a head start: an urgent message is served as if it had
 * been accepted that much earlier, so that a stream of urgent ones cannot keep the others waiting for ever (aging), and
 * the order of two messages never depends on when one looks.
 */
public enum Priority {
    @JsonProperty("urgent")
    URGENT(Duration.ofMinutes(60)),
    @JsonProperty("high")
    HIGH(Duration.ofMinutes(20)),
    @JsonProperty("normal")
    NORMAL(Duration.ZERO);

    private final Duration headStart;

    Priority(Duration headStart) {
        this.headStart = headStart;
    }

    /** Its name in the API. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    Duration headStart() {
        return headStart;
    }
}
