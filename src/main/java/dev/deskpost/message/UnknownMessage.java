package dev.deskpost.message;

import dev.deskpost.problem.Problem;
import org.springframework.http.HttpStatus;

/** There is no such message: it never was, or it was finished long ago and has been removed. */
public final class UnknownMessage extends Problem {

    private static final long serialVersionUID = 1L;

    public UnknownMessage(String id) {
        super(
                HttpStatus.NOT_FOUND,
                "UNKNOWN_MESSAGE",
                "there is no message '" + id + "': GET /api/v1/messages lists those that exist; finished ones are"
                        + " removed after a while");
    }
}
