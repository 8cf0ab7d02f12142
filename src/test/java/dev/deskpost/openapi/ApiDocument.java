package dev.deskpost.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the code says of the API, and what people say of it, as one document. */
final class ApiDocument {

    private static final String REF = "$ref";
    private static final String SCHEMAS = "#/components/schemas/";
    private static final String PROBLEM = "Problem";

    private final Map<String, Object> document;
    private final Map<String, Object> words;
    private final List<String> faults = new ArrayList<>();

    /** @param document what springdoc made; it is changed */
    ApiDocument(Map<String, Object> document, Map<String, Object> words) {
        this.document = document;
        this.words = words;
    }

    /** @throws AssertionError with all that words are missing for, and all that they are too many for */
    Map<String, Object> complete() {
        document.put("info", words.get("info"));
        document.put("servers", words.get("servers"));
        document.put("security", List.of(Map.of("token", List.of())));
        List<Map<String, Object>> tags = new ArrayList<>();
        map(words, "tags").forEach((name, text) -> tags.add(ordered("name", name, "description", text)));
        document.put("tags", tags);
        addProblem();
        operations();
        Set<String> asked = schemasOf("requestBody");
        schemas(asked);
        map(document, "components")
                .put(
                        "securitySchemes",
                        Map.of(
                                "token",
                                ordered(
                                        "type",
                                        "http",
                                        "scheme",
                                        "bearer",
                                        "description",
                                        map(words, "security").get("description"))));
        if (!faults.isEmpty()) {
            throw new AssertionError("words.yaml and the code differ:\n" + String.join("\n", faults));
        }
        return document;
    }

    private void operations() {
        // Like GET without a body, everywhere (RFC 9110, section 9.3.2)
        map(document, "paths").values().forEach(methods -> asMap(methods).remove("head"));
        Set<String> unused = new LinkedHashSet<>(map(words, "operations").keySet());
        map(document, "paths")
                .forEach((path, methods) -> asMap(methods).forEach((method, operation) -> {
                    String name = method.toUpperCase(Locale.ROOT) + " " + path;
                    if (unused.remove(name)) {
                        describe(name, asMap(operation), map(map(words, "operations"), name));
                    } else {
                        faults.add("no words for the operation " + name);
                    }
                }));
        unused.forEach(name -> faults.add("words for the operation " + name + ", which is not there"));
    }

    private void describe(String name, Map<String, Object> operation, Map<String, Object> said) {
        operation.put("operationId", said.get("id"));
        operation.put("tags", List.of(String.valueOf(said.get("tag"))));
        operation.put("summary", said.get("summary"));
        if (said.containsKey("description")) {
            operation.put("description", said.get("description"));
        }
        parameters(name, operation, said);
        if (said.containsKey("body")) {
            Map<String, Object> body = map(said, "body");
            operation.put(
                    "requestBody",
                    ordered(
                            "required", true,
                            "description", body.get("description"),
                            "content", Map.of("application/json", Map.of("schema", body.get("schema")))));
        }
        responses(name, operation, said);
    }

    private void parameters(String name, Map<String, Object> operation, Map<String, Object> said) {
        Map<String, Object> texts = new LinkedHashMap<>(map(said, "parameters"));
        List<Object> parameters = new ArrayList<>(list(operation, "parameters"));
        for (Object each : parameters) {
            String parameter = String.valueOf(asMap(each).get("name"));
            Object text = texts.remove(parameter);
            if (text == null) {
                faults.add("no words for the parameter " + parameter + " of " + name);
            } else {
                asMap(each).put("description", text);
            }
        }
        texts.keySet()
                .forEach(each ->
                        faults.add("words for the parameter " + each + " of " + name + ", which it does not have"));
        for (Object header : list(said, "headers")) {
            parameters.add(ordered(
                    "name",
                    header,
                    "in",
                    "header",
                    "required",
                    false,
                    "description",
                    map(words, "headers").get(header),
                    "schema",
                    Map.of("type", "string")));
        }
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
    }

    private void responses(String name, Map<String, Object> operation, Map<String, Object> said) {
        Map<String, Object> found = map(operation, "responses");
        Map<String, Object> responses = new TreeMap<>();
        map(said, "answers").forEach((status, answer) -> {
            Map<String, Object> given = asMap(answer);
            Map<String, Object> response = new LinkedHashMap<>();
            response.put("description", given.get("description"));
            Object schema = given.containsKey("schema") ? schema(given.get("schema")) : schemaOf(found.get(status));
            if (schema != null) {
                Object type = given.getOrDefault("type", "application/json");
                response.put("content", Map.of(String.valueOf(type), Map.of("schema", schema)));
            }
            if (given.containsKey("headers")) {
                Map<String, Object> headers = new TreeMap<>();
                map(given, "headers")
                        .forEach((header, text) ->
                                headers.put(header, ordered("description", text, "schema", Map.of("type", "string"))));
                response.put("headers", headers);
            }
            if (!found.containsKey(status) && !given.containsKey("schema") && !status.equals("304")) {
                faults.add("words for the answer " + status + " of " + name + ", which the code does not give");
            }
            responses.put(status, response);
        });
        List<Object> problems = new ArrayList<>(list(said, "problems"));
        problems.add(401);
        problems.forEach(problem -> {
            String[] parts = String.valueOf(problem).split(" ");
            responses.put(parts[0], parts.length == 1 ? shared(parts[0]) : problem(parts));
        });
        operation.put("responses", responses);
    }

    private Map<String, Object> shared(String status) {
        Map<String, Object> components = map(document, "components");
        asMap(components.computeIfAbsent("responses", name -> new TreeMap<String, Object>()))
                .computeIfAbsent(PROBLEM + status, name -> problem(status));
        return new LinkedHashMap<>(Map.of(REF, "#/components/responses/" + PROBLEM + status));
    }

    /** @param parts a status, and the codes that it may have in this place */
    private Map<String, Object> problem(String... parts) {
        Map<String, Object> status = map(map(words, "statuses"), parts[0]);
        String codes = Stream.concat(
                        list(status, "codes").stream(), Stream.of(parts).skip(1))
                .map(code -> "`" + code + "`")
                .collect(Collectors.joining(", "));
        return ordered(
                "description",
                status.get("description") + ": " + codes,
                "content",
                Map.of("application/problem+json", Map.of("schema", ref(PROBLEM))));
    }

    private static Object schemaOf(Object response) {
        return response == null
                ? null
                : map(asMap(response), "content").values().stream()
                        .map(content -> asMap(content).get("schema"))
                        .findFirst()
                        .orElse(null);
    }

    private void addProblem() {
        Map<String, Object> schemas = map(map(document, "components"), "schemas");
        Map<String, Object> string = Map.of("type", "string");
        schemas.put(
                PROBLEM,
                ordered(
                        "type",
                        "object",
                        "properties",
                        new TreeMap<>(Map.of(
                                "type", new TreeMap<>(Map.of("type", "string", "format", "uri-reference")),
                                "title", new TreeMap<>(string),
                                "status", new TreeMap<>(Map.of("type", "integer", "format", "int32")),
                                "detail", new TreeMap<>(string),
                                "instance", new TreeMap<>(Map.of("type", "string", "format", "uri-reference")),
                                "code", new TreeMap<>(string),
                                "errors", new TreeMap<>(Map.of("type", "array", "items", ref("FieldError"))))),
                        "required",
                        List.of("title", "status", "detail", "code")));
        schemas.put(
                "FieldError",
                ordered(
                        "type",
                        "object",
                        "properties",
                        new TreeMap<>(Map.of("field", new TreeMap<>(string), "detail", new TreeMap<>(string))),
                        "required",
                        List.of("field", "detail")));
    }

    private void schemas(Set<String> asked) {
        Map<String, Object> schemas = map(map(document, "components"), "schemas");
        schemas.keySet().retainAll(used());
        Records records = new Records();
        Set<String> unused = new LinkedHashSet<>(map(words, "schemas").keySet());
        schemas.forEach((name, schema) -> {
            Map<String, Object> properties = map(asMap(schema), "properties");
            if (!asked.contains(name) && !name.equals(PROBLEM) && !name.equals("FieldError")) {
                say(asMap(schema), properties, records.fields(name, properties.keySet()));
            }
            if (!unused.remove(name)) {
                faults.add("no words for the schema " + name);
                return;
            }
            Map<String, Object> texts = new LinkedHashMap<>(map(map(words, "schemas"), name));
            asMap(schema).put("description", texts.remove("text"));
            if (texts.containsKey("required")) {
                asMap(schema).put("required", texts.remove("required"));
            }
            texts.forEach((property, text) -> {
                if (!properties.containsKey(property)) {
                    faults.add("words for " + name + "." + property + ", which is not there");
                } else if (text instanceof Map<?, ?>) {
                    properties.put(property, text); // What no type in the code says
                } else {
                    asMap(properties.get(property)).put("description", text);
                }
            });
        });
        unused.forEach(name -> faults.add("words for the schema " + name + ", which is not there"));
        schemas.values().forEach(ApiDocument::dropJavaPatterns);
    }

    private static void say(
            Map<String, Object> schema, Map<String, Object> properties, Map<String, Records.Given> given) {
        schema.put(
                "required",
                properties.keySet().stream()
                        .filter(name -> given.get(name) != Records.Given.OR_LEFT_OUT)
                        .toList());
        properties.replaceAll(
                (name, property) -> given.get(name) == Records.Given.OR_NULL ? nullable(asMap(property)) : property);
    }

    private static Map<String, Object> nullable(Map<String, Object> property) {
        if (property.containsKey(REF)) {
            return ordered("anyOf", List.of(property, Map.of("type", "null")));
        }
        if (property.get("type") != null) {
            property.put("type", List.of(property.get("type"), "null"));
        }
        if (property.containsKey("enum")) {
            List<Object> values = new ArrayList<>(list(property, "enum"));
            values.add(null);
            property.put("enum", values);
        }
        return property;
    }

    /** Patterns are ECMA-262 in JSON Schema, which knows no such classes. The words say what is meant. */
    private static void dropJavaPatterns(Object schema) {
        map(asMap(schema), "properties").values().forEach(property -> {
            if (String.valueOf(asMap(property).get("pattern")).contains("\\p{")) {
                asMap(property).remove("pattern");
            }
        });
    }

    /** The names of those that can be reached from all operations. */
    private Set<String> used() {
        Set<String> names = new LinkedHashSet<>();
        collect(document.get("paths"), names);
        collect(map(document, "components").get("responses"), names);
        return names;
    }

    private Set<String> schemasOf(String part) {
        Set<String> names = new LinkedHashSet<>();
        map(document, "paths")
                .values()
                .forEach(methods -> asMap(methods)
                        .values()
                        .forEach(operation -> collect(asMap(operation).get(part), names)));
        return names;
    }

    private void collect(Object node, Set<String> names) {
        if (node instanceof Map<?, ?> map) {
            Object ref = map.get(REF);
            if (ref instanceof String text && text.startsWith(SCHEMAS) && names.add(text.substring(SCHEMAS.length()))) {
                Object schema = map(map(document, "components"), "schemas").get(text.substring(SCHEMAS.length()));
                if (schema == null) {
                    faults.add("there is no schema for " + text);
                }
                collect(schema, names);
            }
            map.values().forEach(value -> collect(value, names));
        } else if (node instanceof List<?> list) {
            list.forEach(value -> collect(value, names));
        }
    }

    /** One of those that have a name, or one that stands in the words. */
    private static Object schema(Object given) {
        return given instanceof Map<?, ?> ? given : ref(given);
    }

    private static Map<String, Object> ref(Object name) {
        return new LinkedHashMap<>(Map.of(REF, SCHEMAS + name));
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return map;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> asMap(Object value) {
        return (Map<String, Object>) value;
    }

    private static Map<String, Object> map(Map<String, Object> parent, String name) {
        Object value = parent.get(name);
        return value == null ? Map.of() : asMap(value);
    }

    private static List<?> list(Map<String, Object> parent, String name) {
        Object value = parent.get(name);
        return value == null ? List.of() : (List<?>) value;
    }
}
