package dev.deskpost.problem;

import dev.deskpost.problem.Problem.FieldError;
import jakarta.validation.ConstraintViolationException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.Errors;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Turns whatever a request ran into into a problem detail with a code, so that no caller ever has to read a stack trace. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

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
        Class<?> type = e.getRequiredType();
        String expected = type == null
                ? "something else"
                : type.isEnum() ? "one of " + names(type) : type.getSimpleName().toLowerCase(Locale.ROOT);
        return answer(
                Problem.invalidFields(
                        List.of(new FieldError(e.getName(), "is '" + e.getValue() + "', expected " + expected))),
                request);
    }

    @ExceptionHandler(Exception.class)
    @Nullable
    ResponseEntity<Object> onAnythingElse(Exception e, WebRequest request) {
        log.error("A request failed unexpectedly; the caller is told so without details: {}", request, e);
        return answer(
                new Problem(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "INTERNAL_ERROR",
                        "the request failed inside Deskpost; its log says why"),
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(Problem.invalidFields(fieldErrors(e.getBindingResult())), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<FieldError> errors = e.getParameterValidationResults().stream()
                .flatMap(result -> result instanceof Errors bound
                        ? fieldErrors(bound).stream()
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
        return answer(whyUnreadable(e), request);
    }

    /** What Spring itself says is kept, and gets a code. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem
                && (problem.getProperties() == null || !problem.getProperties().containsKey("code"))) {
            problem.setProperty("code", code(e, status));
        }
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return super.handleExceptionInternal(e, body, headers, status, request);
    }

    private @Nullable ResponseEntity<Object> answer(Problem problem, WebRequest request) {
        return handleExceptionInternal(problem, problem.getBody(), new HttpHeaders(), problem.getStatusCode(), request);
    }

    private static String code(Exception e, HttpStatusCode status) {
        if (e instanceof NoResourceFoundException) {
            return "NO_SUCH_ROUTE";
        }
        if (e instanceof HttpMediaTypeNotSupportedException) {
            return "UNSUPPORTED_MEDIA_TYPE";
        }
        return Optional.ofNullable(HttpStatus.resolve(status.value()))
                .map(HttpStatus::name)
                .orElse("ERROR");
    }

    private static Problem whyUnreadable(HttpMessageNotReadableException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return problem;
            }
            if (cause instanceof DatabindException wrong && !wrong.getPath().isEmpty()) {
                return Problem.invalidFields(List.of(new FieldError(path(wrong), whyWrong(wrong))));
            }
            if (cause instanceof JacksonException broken) {
                return new Problem(
                        HttpStatus.BAD_REQUEST,
                        "UNREADABLE_JSON",
                        "the body is not JSON: " + broken.getOriginalMessage());
            }
        }
        return new Problem(
                HttpStatus.BAD_REQUEST, "UNREADABLE_JSON", "the request has no body that can be read as JSON");
    }

    private static String whyWrong(DatabindException wrong) {
        if (wrong instanceof UnrecognizedPropertyException unknown) {
            String known = Optional.ofNullable(unknown.getKnownPropertyIds()).orElse(List.of()).stream()
                    .map(String::valueOf)
                    .sorted()
                    .collect(Collectors.joining(", "));
            return "is not known here; known are " + known;
        }
        // The first sentence names the value and what was expected; what follows is about Java.
        String message = String.valueOf(wrong.getOriginalMessage());
        return "cannot be read: " + message.replaceAll("`(?:[a-z]\\w*\\.)+(\\w+)(?:\\$\\w+)*`", "$1");
    }

    private static String path(DatabindException wrong) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : wrong.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    private static List<FieldError> fieldErrors(Errors errors) {
        List<FieldError> found = errors.getAllErrors().stream()
                .map(error -> new FieldError(
                        error instanceof org.springframework.validation.FieldError field
                                ? field.getField()
                                : error.getObjectName(),
                        String.valueOf(error.getDefaultMessage())))
                .toList();
        return sorted(found);
    }

    /** Validation gives them in any order; callers and tests want one. */
    private static List<FieldError> sorted(List<FieldError> errors) {
        return errors.stream()
                .sorted(Comparator.comparing(FieldError::field).thenComparing(FieldError::detail))
                .toList();
    }

    private static String names(Class<?> type) {
        return List.of(type.getEnumConstants()).stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
