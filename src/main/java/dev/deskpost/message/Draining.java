package dev.deskpost.message;

import dev.deskpost.problem.Problem;
import org.springframework.http.HttpStatus;

/** No messages are accepted at present; those that were accepted are still delivered. */
public final class Draining extends Problem {

    private static final long serialVersionUID = 1L;

    Draining(Admission.Refusal refusal) {
        super(
                HttpStatus.SERVICE_UNAVAILABLE,
                "DRAINING",
                "no messages are accepted at present: " + refusal.reason() + "; send it again later");
        retryAfter(refusal.retryAfter());
    }
}
