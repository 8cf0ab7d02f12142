package dev.deskpost.message;

import dev.deskpost.problem.Problem;
import org.springframework.http.HttpStatus;

/** The key belongs to a call that was another one, so this one was not carried out. */
public final class IdempotencyKeyReused extends Problem {

    private static final long serialVersionUID = 1L;

    IdempotencyKeyReused(String key) {
        super(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "IDEMPOTENCY_KEY_REUSED",
                "the Idempotency-Key '" + key
                        + "' was used for another call, with another path or body; take a new key for"
                        + " a new call, and the same only to repeat one");
    }
}
