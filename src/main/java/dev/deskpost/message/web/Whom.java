package dev.deskpost.message.web;

import dev.deskpost.recipient.Recipients;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whom a broadcast is for: those who are named, or with {@code "*"} everybody who takes messages at present. */
final class Whom {

    private static final int MAX = 10_000;

    private static final String EVERYBODY = "*";
    private static final String EXPECTED = "a list of ids is expected, or \"*\" for all enabled recipients";

    private Whom() {}

    static String unknown(String id) {
        return "is '" + id + "', and there is no such recipient: GET /api/v1/recipients lists those that exist";
    }

    /** @param field what is wrong is said about it */
    static List<String> read(String field, @Nullable JsonNode given, Recipients recipients, Faults faults) {
        if (given == null || given.isNull()) {
            faults.add(field, "is missing: " + EXPECTED);
            return List.of();
        }
        if (given.isString() && given.stringValue().equals(EVERYBODY)) {
            List<String> all = everybody(field, recipients, faults);
            return isWithinLimit(field, all.size(), faults) ? all : List.of();
        }
        if (!given.isArray()) {
            faults.add(
                    field,
                    (given.isString() ? "is '" + given.stringValue() + "'" : "is of another type") + ": " + EXPECTED);
            return List.of();
        }
        if (given.isEmpty()) {
            faults.add(field, "is empty: " + EXPECTED);
            return List.of();
        }
        return isWithinLimit(field, given.size(), faults) ? named(field, given, recipients, faults) : List.of();
    }

    private static List<String> everybody(String field, Recipients recipients, Faults faults) {
        List<String> all = recipients.enabled();
        if (all.isEmpty()) {
            faults.add(
                    field,
                    "is \"*\", and no recipient is enabled: GET /api/v1/recipients lists those that exist, PUT"
                            + " /api/v1/recipients/{id} makes one");
        }
        return all;
    }

    private static boolean isWithinLimit(String field, int count, Faults faults) {
        if (count > MAX) {
            faults.add(
                    field,
                    "are " + count + ", and at most " + MAX + " are written to at once; send it in several broadcasts");
        }
        return count <= MAX;
    }

    private static List<String> named(String field, JsonNode given, Recipients recipients, Faults faults) {
        Map<String, Integer> places = new HashMap<>();
        List<String> names = new ArrayList<>(given.size());
        for (int i = 0; i < given.size(); i++) {
            JsonNode each = given.get(i);
            String path = field + "[" + i + "]";
            if (!each.isString()) {
                faults.add(path, "is of another type, expected a text");
                continue;
            }
            Integer before = places.putIfAbsent(each.stringValue(), i);
            if (before != null) {
                faults.add(path, "is '" + each.stringValue() + "' again, as in " + field + "[" + before + "]");
            }
            names.add(each.stringValue());
        }
        Set<String> known = recipients.settings(names).keySet();
        places.entrySet().stream()
                .filter(place -> !known.contains(place.getKey()))
                .sorted(Map.Entry.comparingByValue())
                .forEach(place -> faults.add(field + "[" + place.getValue() + "]", unknown(place.getKey())));
        return names;
    }
}
