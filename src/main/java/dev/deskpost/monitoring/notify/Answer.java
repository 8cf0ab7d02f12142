package dev.deskpost.monitoring.notify;

import java.time.Duration;
import java.util.Optional;

/** What became of one try. Reasons are for people, and name neither address nor secret. */
sealed interface Answer {

    /** The receiver has it: a status of 2xx. */
    record Accepted() implements Answer {}

    /**
     * Another try may succeed.
     *
     * @param after how long the receiver asked to wait
     */
    record TryAgain(String reason, Optional<Duration> after) implements Answer {

        TryAgain(String reason) {
            this(reason, Optional.empty());
        }
    }

    /** Another try would end in the same way. */
    record Refused(String reason) implements Answer {}
}
