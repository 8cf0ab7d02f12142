package dev.deskpost.problem;

import dev.deskpost.problem.Problem.FieldError;
import jakarta.validation.ConstraintViolationException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.Errors;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns whatever a request ran into into a problem detail with a code, so that no caller ever has to read a stack trace. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final Duration AFTER_LOCK_HELD = Duration.ofSeconds(5);

    private final ApplicationAvailability availability;

    ProblemAdvice(ApplicationAvailability availability) {
        this.availability = availability;
    }

    @ExceptionHandler(ConstraintViolationException.class)
    @Nullable
    ResponseEntity<Object> onViolations(ConstraintViolationException e, WebRequest request) {
        List<FieldError> errors = e.getConstraintViolations().stream()
                .map(violation -> new FieldError(violation.getPropertyPath().toString(), violation.getMessage()))
                .toList();
        return answer(Problem.invalidFields(sorted(errors)), request);
    }

    @ExceptionHandler(MethodArgumentTypeMismatchException.class)
    @Nullable
    ResponseEntity<Object> onWrongType(MethodArgumentTypeMismatchException e, WebRequest request) {
        String detail = "is '" + e.getValue() + "', expected " + JsonWords.kind(e.getRequiredType());
        return answer(Problem.invalidFields(List.of(new FieldError(e.getName(), detail))), request);
    }

    /** The server could not make out the parameters: broken percent encoding, or a form that is too long. */
    @ExceptionHandler(InvalidParameterException.class)
    @Nullable
    ResponseEntity<Object> onBrokenParameters(InvalidParameterException e, WebRequest request) {
        HttpStatus status =
                Optional.ofNullable(HttpStatus.resolve(e.getErrorCode())).orElse(HttpStatus.BAD_REQUEST);
        return answer(new Problem(status, Problem.code(status), "the parameters cannot be read"), request);
    }

    /** Somebody else has held what the call needs for longer than it may wait. It was undone, so it may be sent again. */
    @ExceptionHandler(PessimisticLockingFailureException.class)
    @Nullable
    ResponseEntity<Object> onLockHeld(PessimisticLockingFailureException e, WebRequest request) {
        log.warn(
                "A request waited too long for what another one held; the caller is told to try again: {}", request, e);
        Problem problem = new Problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "BUSY",
                "another call, or the removal of old messages, takes long; nothing was done, send it again later");
        problem.retryAfter(AFTER_LOCK_HELD);
        return handleExceptionInternal(
                problem, problem.getBody(), problem.getHeaders(), problem.getStatusCode(), request);
    }

    @ExceptionHandler(Exception.class)
    @Nullable
    ResponseEntity<Object> onAnythingElse(Exception e, WebRequest request) {
        if (isClientGone(e)) {
            log.debug("Nobody waits for the answer any more: {}", request, e);
            return null;
        }
        if (availability.getLivenessState() == LivenessState.BROKEN) {
            log.debug("Failed because this process is broken: {}", request, e);
            return answer(
                    new Problem(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "BROKEN",
                            "this Deskpost is broken and ends; its log says why. Nothing that was accepted is lost: ask again"
                                    + " when it has been started anew"),
                    request);
        }
        log.error("A request failed unexpectedly; the caller is told so without details: {}", request, e);
        return answer(
                new Problem(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "INTERNAL_ERROR",
                        "the request failed inside Deskpost; its log says why"),
                request);
    }

    /** The server says so itself. Spring's own look also takes a database for a client that closes its connection. */
    private static boolean isClientGone(Exception e) {
        return e instanceof ClientAbortException || e.getCause() instanceof ClientAbortException;
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(
                Problem.invalidFields(
                        fieldErrors(e.getBindingResult(), e.getParameter().getParameterType())),
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<FieldError> errors = e.getParameterValidationResults().stream()
                .flatMap(result -> result instanceof ParameterErrors bound
                        ? fieldErrors(bound, bound.getMethodParameter().getParameterType()).stream()
                        : result.getResolvableErrors().stream()
                                .map(error -> new FieldError(
                                        Optional.ofNullable(result.getMethodParameter()
                                                        .getParameterName())
                                                .orElse("request"),
                                        String.valueOf(error.getDefaultMessage()))))
                .toList();
        return answer(Problem.invalidFields(sorted(errors)), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(UnreadableBody.problem(e), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotSupported(
            HttpMediaTypeNotSupportedException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        e.getBody().setDetail("the body must be JSON and be sent as such, with 'Content-Type: application/json'");
        return super.handleHttpMediaTypeNotSupported(e, headers, status, request);
    }

    /** Spring's own would be a warning in the log for each. */
    @Override
    protected @Nullable ResponseEntity<Object> handleHttpRequestMethodNotSupported(
            HttpRequestMethodNotSupportedException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String[] supported = Optional.ofNullable(e.getSupportedMethods()).orElse(new String[0]);
        String allowed = Stream.of(supported).sorted().collect(Collectors.joining(", "));
        e.getBody().setDetail(e.getMethod() + " is not possible here; possible is " + allowed);
        return handleExceptionInternal(e, null, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotAcceptable(
            HttpMediaTypeNotAcceptableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String kinds = e.getSupportedMediaTypes().isEmpty()
                ? MediaType.APPLICATION_JSON_VALUE
                : MediaType.toString(e.getSupportedMediaTypes());
        e.getBody()
                .setDetail("nothing was done, because the answer would be " + kinds
                        + ": have the header 'Accept' allow that, or leave it out");
        return super.handleHttpMediaTypeNotAcceptable(e, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(
                new Problem(
                        HttpStatus.NOT_FOUND,
                        "NO_SUCH_ROUTE",
                        "there is nothing at "
                                + ((ServletWebRequest) request).getRequest().getRequestURI() + " to "
                                + e.getHttpMethod() + "; the API lies under /api/v1"),
                request);
    }

    /** What Spring itself says is kept, and gets a code. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Object said = body == null && e instanceof ErrorResponse response
                ? response.updateAndGetBody(getMessageSource(), LocaleContextHolder.getLocale())
                : body;
        if (said instanceof ProblemDetail problem
                && (problem.getProperties() == null || !problem.getProperties().containsKey("code"))) {
            problem.setProperty("code", code(status));
        }
        HttpHeaders problemHeaders = HttpHeaders.copyOf(headers); // Spring's own may be read-only.
        problemHeaders.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return super.handleExceptionInternal(e, said, problemHeaders, status, request);
    }

    private @Nullable ResponseEntity<Object> answer(Problem problem, WebRequest request) {
        return handleExceptionInternal(problem, problem.getBody(), new HttpHeaders(), problem.getStatusCode(), request);
    }

    private static String code(HttpStatusCode status) {
        return Optional.ofNullable(HttpStatus.resolve(status.value()))
                .map(Problem::code)
                .orElse("ERROR");
    }

    private static List<FieldError> fieldErrors(Errors errors, Class<?> type) {
        List<FieldError> found = errors.getAllErrors().stream()
                .map(error -> error instanceof org.springframework.validation.FieldError field
                        ? new FieldError(JsonWords.path(type, field.getField()), whyWrong(field, type))
                        : new FieldError(error.getObjectName(), String.valueOf(error.getDefaultMessage())))
                .toList();
        return sorted(found);
    }

    /** What Spring says of a value of another type is about classes. */
    private static String whyWrong(org.springframework.validation.FieldError field, Class<?> type) {
        return field.isBindingFailure()
                ? "is '" + field.getRejectedValue() + "', expected "
                        + JsonWords.kind(JsonWords.type(type, field.getField()))
                : String.valueOf(field.getDefaultMessage());
    }

    /** Validation gives them in any order; callers and tests want one. */
    private static List<FieldError> sorted(List<FieldError> errors) {
        return errors.stream()
                .sorted(Comparator.comparing(FieldError::field).thenComparing(FieldError::detail))
                .toList();
    }
}
