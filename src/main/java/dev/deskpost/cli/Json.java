package dev.deskpost.cli;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON as maps, lists, strings, numbers, truth values and null, read and written by Jackson's core alone: to load what binds
 * classes takes half a second, which is most of what a command takes.
 */
final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** Empty if it is no JSON object. */
    static Optional<Map<String, @Nullable Object>> object(String json) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Map<String, @Nullable Object> object = readObject(parser);
            return parser.nextToken() == null ? Optional.of(object) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** @param fields with strings, integers and truth values */
    static String write(Map<String, ?> fields) {
        StringWriter json = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), json)) {
            generator.writeStartObject();
            fields.forEach((name, value) -> {
                generator.writeName(name);
                if (value instanceof Boolean truth) {
                    generator.writeBoolean(truth);
                } else if (value instanceof Integer number) {
                    generator.writeNumber(number);
                } else {
                    generator.writeString(String.valueOf(value));
                }
            });
            generator.writeEndObject();
        }
        return json.toString();
    }

    static String string(String text) {
        StringWriter json = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), json)) {
            generator.writeString(text);
        }
        return json.toString();
    }

    /** The same in one line; what is no JSON becomes a string. */
    static String inOneLine(String json) {
        StringWriter line = new StringWriter();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json);
                JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), line)) {
            if (parser.nextToken() == null) {
                return string(json);
            }
            generator.copyCurrentStructure(parser);
            if (parser.nextToken() != null) {
                return string(json);
            }
        } catch (JacksonException e) {
            return string(json);
        }
        return line.toString();
    }

    private static Map<String, @Nullable Object> readObject(JsonParser parser) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, readValue(parser));
        }
        return fields;
    }

    private static @Nullable Object readValue(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> {
                List<@Nullable Object> values = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    values.add(readValue(parser));
                }
                yield values;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getString();
        };
    }
}
