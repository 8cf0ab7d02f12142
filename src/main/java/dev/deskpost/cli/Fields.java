package dev.deskpost.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object, as far as they are there: another version of the service may lack some. */
record Fields(Map<String, @Nullable Object> values) {

    /** Empty if it is no JSON object. */
    static Optional<Fields> parse(String json) {
        return Json.object(json).map(Fields::new);
    }

    /** Empty if it is missing, null, or no single value. */
    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name))
                .filter(value -> !(value instanceof Map || value instanceof List))
                .map(String::valueOf);
    }

    String text(String name, String otherwise) {
        return text(name).orElse(otherwise);
    }

    long number(String name) {
        return values.get(name) instanceof Number number ? number.longValue() : 0;
    }

    boolean flag(String name, boolean otherwise) {
        return values.get(name) instanceof Boolean truth ? truth : otherwise;
    }

    Optional<Instant> time(String name) {
        try {
            return text(name).map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Empty if it is missing, null, or something else. */
    Optional<Fields> object(String name) {
        return asObject(values.get(name));
    }

    List<Fields> objects(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream().flatMap(each -> asObject(each).stream()).toList()
                : List.of();
    }

    Stream<String> names() {
        return values.keySet().stream();
    }

    @SuppressWarnings("unchecked") // All maps come from Json.
    private static Optional<Fields> asObject(@Nullable Object value) {
        return value instanceof Map<?, ?> map
                ? Optional.of(new Fields((Map<String, @Nullable Object>) map))
                : Optional.empty();
    }
}
