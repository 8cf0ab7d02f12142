package dev.deskpost.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The records of which the API's bodies are made, by their simple names; and which of their fields may be null. */
final class Records {

    private final Map<String, List<Class<?>>> byName = new LinkedHashMap<>();

    Records() {
        for (JavaClass each : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.deskpost")) {
            if (each.isRecord()) {
                Class<?> type = each.reflect();
                byName.merge(
                        type.getSimpleName(),
                        List.of(type),
                        (one, other) ->
                                Stream.concat(one.stream(), other.stream()).toList());
            }
        }
    }

    /** How a field of an answer is given. */
    enum Given {
        ALWAYS,
        OR_NULL,
        OR_LEFT_OUT
    }

    /** The fields of a schema, by the record of its name that has exactly them. */
    Map<String, Given> fields(String schema, Set<String> properties) {
        return byName.getOrDefault(schema, List.of()).stream()
                .map(Records::fields)
                .filter(fields -> fields.keySet().equals(properties))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no record " + schema
                        + " has just these fields, and so nobody knows which may be null: " + properties));
    }

    private static Map<String, Given> fields(Class<?> type) {
        Map<String, Given> fields = new LinkedHashMap<>();
        boolean leftOut = type.isAnnotationPresent(JsonInclude.class);
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                fields.putAll(fields(component.getType()));
                continue;
            }
            JsonProperty name = component.getAccessor().getAnnotation(JsonProperty.class);
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            fields.put(
                    name == null ? component.getName() : name.value(),
                    !nullable ? Given.ALWAYS : leftOut ? Given.OR_LEFT_OUT : Given.OR_NULL);
        }
        return fields;
    }
}
