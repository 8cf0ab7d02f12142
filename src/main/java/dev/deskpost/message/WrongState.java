package dev.deskpost.message;

import dev.deskpost.problem.Problem;
import org.springframework.http.HttpStatus;

/** What was asked of a message is not possible in its state: it has moved on meanwhile, or had before. */
public final class WrongState extends Problem {

    private static final long serialVersionUID = 1L;

    /** @param possible what can be done with which messages: the end of a sentence */
    WrongState(String id, MessageState state, String possible) {
        super(HttpStatus.CONFLICT, "WRONG_STATE", "message '" + id + "' is " + state + "; " + possible);
    }
}
