package dev.deskpost.problem;

import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * Something that a caller did or that stands in the caller's way, said as a problem detail (RFC 9457): a stable
 * {@code code} for programs, a {@code detail} that says what happened, why, and what to do, and what is wrong with which
 * field.
 */
public class Problem extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    /**
     * What is wrong with one field of the request.
     *
     * @param field its name, with a path for nested ones: {@code window.title}, {@code messages[3].content}
     */
    public record FieldError(String field, String detail) {}

    /** @param code stable, in capitals: {@code UNKNOWN_RECIPIENT} */
    public Problem(HttpStatus status, String code, String detail) {
        super(status, detail(status, code, detail), null);
    }

    /** A request that can be read, but whose fields cannot be accepted. */
    public static Problem invalidFields(List<FieldError> errors) {
        return withErrors(HttpStatus.UNPROCESSABLE_CONTENT, "INVALID_FIELD", errors);
    }

    /** The same for a field that is too large. */
    public static Problem tooLarge(FieldError error) {
        return withErrors(HttpStatus.CONTENT_TOO_LARGE, "TOO_LARGE", List.of(error));
    }

    /** Says when it is worth another try, in whole seconds and never too early (RFC 9110, section 10.2.3). */
    protected final void retryAfter(Duration time) {
        long seconds = time.plusSeconds(1).minusNanos(1).toSeconds();
        getHeaders().set(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, seconds)));
    }

    private static Problem withErrors(HttpStatus status, String code, List<FieldError> errors) {
        FieldError first = errors.get(0);
        String more = errors.size() > 1 ? " (and " + (errors.size() - 1) + " more, see errors)" : "";
        Problem problem = new Problem(status, code, first.field() + " " + first.detail() + more);
        problem.getBody().setProperty("errors", errors);
        return problem;
    }

    /** The code of a status for which there is no better one. */
    static String code(HttpStatus status) {
        return status == HttpStatus.CONTENT_TOO_LARGE ? "TOO_LARGE" : status.name();
    }

    static ProblemDetail detail(HttpStatus status, String code, String detail) {
        ProblemDetail body = ProblemDetail.forStatusAndDetail(status, detail);
        body.setProperty("code", code);
        return body;
    }
}
