package dev.deskpost.message;

import dev.deskpost.problem.Problem;
import org.springframework.http.HttpStatus;

/** There is no such broadcast: it never was, or its messages were finished long ago and have been removed. */
public final class UnknownBroadcast extends Problem {

    private static final long serialVersionUID = 1L;

    public UnknownBroadcast(String id) {
        super(
                HttpStatus.NOT_FOUND,
                "UNKNOWN_BROADCAST",
                "there is no broadcast '" + id + "': its id is in the answer to POST /api/v1/broadcasts; finished"
                        + " messages are removed after a while");
    }
}
