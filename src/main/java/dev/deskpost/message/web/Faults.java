package dev.deskpost.message.web;

import dev.deskpost.problem.Problem;
import dev.deskpost.problem.Problem.FieldError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is wrong with a request: gathered field by field, so that the sender is told all of it at once. */
final class Faults {

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final List<FieldError> found = new ArrayList<>();
    private @Nullable FieldError tooLarge;

    void add(String field, String detail) {
        found.add(new FieldError(field, detail));
    }

    /** The only thing that is wrong with a message that stands alone may be its size. */
    void addTooLarge(String field, String detail) {
        tooLarge = new FieldError(field, detail);
        found.add(tooLarge);
    }

    /** Takes over what is wrong with a part of the request. */
    void addAll(String path, Faults part) {
        part.sorted().forEach(fault -> add(path + "." + fault.field(), fault.detail()));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** By field, and places in lists by their number: callers and tests want one order. */
    List<FieldError> sorted() {
        return found.stream()
                .sorted(Comparator.comparing((FieldError fault) -> numbersPadded(fault.field()))
                        .thenComparing(FieldError::detail))
                .toList();
    }

    Problem problem() {
        return tooLarge != null && found.size() == 1 ? Problem.tooLarge(tooLarge) : Problem.invalidFields(sorted());
    }

    private static String numbersPadded(String field) {
        return NUMBER.matcher(field)
                .replaceAll(digits -> "0".repeat(Math.max(0, 6 - digits.group().length())) + digits.group());
    }
}
