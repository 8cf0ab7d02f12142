package dev.deskpost.recipient;

import dev.deskpost.problem.Problem;
import org.springframework.http.HttpStatus;

/** Nobody of that name can be written to. */
public final class UnknownRecipient extends Problem {

    private static final long serialVersionUID = 1L;

    public UnknownRecipient(String id) {
        super(
                HttpStatus.NOT_FOUND,
                "UNKNOWN_RECIPIENT",
                "there is no recipient '" + id + "': GET /api/v1/recipients lists those that exist, PUT"
                        + " /api/v1/recipients/{id} makes one");
    }
}
