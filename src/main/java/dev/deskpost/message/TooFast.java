package dev.deskpost.message;

import dev.deskpost.problem.Problem;
import java.time.Duration;
import org.springframework.http.HttpStatus;

/** One caller brings in more messages than are accepted of one. None of this call was. */
public final class TooFast extends Problem {

    private static final long serialVersionUID = 1L;

    TooFast(int rate, int burst, Duration wait) {
        super(
                HttpStatus.TOO_MANY_REQUESTS,
                "TOO_FAST",
                "more messages came in than are accepted of one caller, which is " + rate + " a second and " + burst
                        + " at once; send it again when the time in Retry-After has passed");
        retryAfter(wait);
    }
}
