package dev.deskpost.message;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether messages may be accepted now. Every bean of this kind is asked inside the transaction of an acceptance, and each
 * can refuse; without one all are accepted. An answer that was given before is given again also while none are accepted.
 */
@FunctionalInterface
public interface Admission {

    /** Empty if messages may be accepted. */
    Optional<Refusal> refusal();

    /**
     * @param reason for people: a clause such as "this station is being drained for maintenance"
     * @param retryAfter when it is worth another try
     */
    record Refusal(String reason, Duration retryAfter) {}
}
