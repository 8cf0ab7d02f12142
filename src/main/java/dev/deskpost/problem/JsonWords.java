package dev.deskpost.problem;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What callers call things: the names and kinds of the JSON, where Java has other ones. */
final class JsonWords {

    private JsonWords() {}

    /** @param path of components from the record on, as validation says it: {@code window.windowClass} */
    static String path(Class<?> record, String path) {
        int end = path.indexOf('.');
        String name = end < 0 ? path : path.substring(0, end);
        Optional<RecordComponent> component =
                components(record).filter(each -> each.getName().equals(name)).findFirst();
        String shown = component.map(JsonWords::name).orElse(name);
        return end < 0 ? shown : shown + "." + path(type(record, name), path.substring(end + 1));
    }

    /** @return the type of the component at the end of such a path; Object if there is none */
    static Class<?> type(Class<?> record, String path) {
        int end = path.indexOf('.');
        String name = end < 0 ? path : path.substring(0, end);
        Class<?> type = components(record)
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .<Class<?>>map(RecordComponent::getType)
                .orElse(Object.class);
        return end < 0 ? type : type(type, path.substring(end + 1));
    }

    /** What a value of the type looks like. */
    static String kind(@Nullable Class<?> type) {
        if (type == null) {
            return "something else";
        } else if (type.isEnum()) {
            return "one of " + constants(type);
        } else if (type == String.class) {
            return "a text";
        } else if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        } else if (type == Instant.class) {
            return "a time such as 2026-11-21T19:10:00Z";
        } else if (type == Duration.class) {
            return "a duration such as PT0.12S";
        } else if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "a whole number";
        }
        return List.class.isAssignableFrom(type) ? "a list" : "an object";
    }

    private static String constants(Class<?> type) {
        return Stream.of(type.getFields())
                .filter(field -> field.isEnumConstant())
                .map(field -> or(field.getAnnotation(JsonProperty.class), field.getName()))
                .collect(Collectors.joining(", "));
    }

    private static Stream<RecordComponent> components(Class<?> type) {
        return type.isRecord() ? Stream.of(type.getRecordComponents()) : Stream.empty();
    }

    private static String name(RecordComponent component) {
        return or(component.getAccessor().getAnnotation(JsonProperty.class), component.getName());
    }

    private static String or(@Nullable JsonProperty given, String otherwise) {
        return given == null || given.value().isEmpty() ? otherwise : given.value();
    }
}
