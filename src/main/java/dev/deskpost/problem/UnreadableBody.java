package dev.deskpost.problem;

import dev.deskpost.problem.Problem.FieldError;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says why a body could not be read: in words of JSON, never in those of Java. */
final class UnreadableBody {

    /** What Jackson adds for people who write Java: settings, their names, places inside of its buffers. */
    private static final Pattern ABOUT_JAVA =
            Pattern.compile(", from `[^`]*`| \\(start marker .*|:? maybe a .*|: enable `.*");

    private UnreadableBody() {}

    static Problem problem(HttpMessageNotReadableException e) {
        List<Throwable> causes = Stream.iterate(e.getCause(), cause -> cause != null, Throwable::getCause)
                .toList();
        Optional<Problem> said = first(causes, Problem.class);
        if (said.isPresent()) {
            return said.get();
        }
        return first(causes, JacksonException.class)
                .map(UnreadableBody::problem)
                .orElseGet(() -> unreadable("there is no body: a JSON object is expected"));
    }

    private static Problem problem(JacksonException e) {
        if (!e.getPath().isEmpty() && (e instanceof DatabindException || e instanceof InputCoercionException)) {
            return Problem.invalidFields(List.of(new FieldError(path(e), whyWrong(e))));
        }
        if (e instanceof UnexpectedEndOfInputException || isEmpty(e)) {
            return unreadable("the body is not JSON: it ends too early" + place(e.getLocation()));
        }
        if (e instanceof DatabindException) {
            return unreadable("the body is not one JSON object and nothing else");
        }
        String message = ABOUT_JAVA.matcher(e.getOriginalMessage()).replaceAll("");
        return unreadable("the body cannot be read as JSON: " + message + place(e.getLocation()));
    }

    private static String whyWrong(JacksonException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            String known = Optional.ofNullable(unknown.getKnownPropertyIds()).orElse(List.of()).stream()
                    .map(String::valueOf)
                    .sorted()
                    .collect(Collectors.joining(", "));
            return "is not known here; known are " + known;
        }
        if (e instanceof InputCoercionException number) {
            return "is out of range, expected " + JsonWords.kind(number.getTargetType());
        }
        if (e instanceof InvalidFormatException format) {
            return "is '" + format.getValue() + "', expected " + JsonWords.kind(format.getTargetType());
        }
        if (e instanceof MismatchedInputException mismatch) {
            return "is of another type, expected " + JsonWords.kind(mismatch.getTargetType());
        }
        return "cannot be read";
    }

    private static String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    private static String place(@Nullable TokenStreamLocation at) {
        return at == null || at.getLineNr() < 1
                ? ""
                : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    private static boolean isEmpty(JacksonException e) {
        return e.getOriginalMessage().startsWith("No content");
    }

    private static Problem unreadable(String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, "UNREADABLE_JSON", detail);
    }

    private static <T> Optional<T> first(List<Throwable> causes, Class<T> type) {
        return causes.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
