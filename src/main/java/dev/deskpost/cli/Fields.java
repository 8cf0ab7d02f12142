package dev.deskpost.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The fields of a JSON object, as far as they are there: another version of the service may lack some. */
record Fields(JsonNode node) {

    /** @return empty if it is no JSON object */
    static Optional<Fields> parse(String json) {
        try {
            return Optional.ofNullable(JsonMapper.shared().readTree(json))
                    .filter(JsonNode::isObject)
                    .map(Fields::new);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Empty if it is missing, null, or no single value. */
    Optional<String> text(String name) {
        JsonNode value = node.path(name);
        return value.isValueNode() && !value.isNull() ? Optional.of(value.asString()) : Optional.empty();
    }

    String text(String name, String otherwise) {
        return text(name).orElse(otherwise);
    }

    long number(String name) {
        return node.path(name).asLong(0);
    }

    boolean flag(String name, boolean otherwise) {
        return node.path(name).asBoolean(otherwise);
    }

    Optional<Instant> time(String name) {
        try {
            return text(name).map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Empty if it is missing or null. */
    Optional<Fields> object(String name) {
        JsonNode value = node.path(name);
        return value.isObject() ? Optional.of(new Fields(value)) : Optional.empty();
    }

    List<Fields> objects(String name) {
        return node.path(name)
                .valueStream()
                .filter(JsonNode::isObject)
                .map(Fields::new)
                .toList();
    }

    List<String> names() {
        return node.propertyStream().map(property -> property.getKey()).collect(Collectors.toList());
    }
}
