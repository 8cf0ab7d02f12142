package dev.deskpost.event;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened.
 *
 * @param recipient whom it concerns; null if no single one
 * @param data what is told of it; values are what JSON can say
 */
public record Event(Type type, @Nullable String recipient, Map<String, @Nullable Object> data) {

    /** What may happen. */
    public enum Type {
        /** A message was accepted, or has moved to another state. */
        MESSAGE,
        /** A step of an attempt was done. */
        STEP,
        /** Somebody reported a message. */
        RECEIPT,
        /** A recipient was changed, or does something else now. */
        RECIPIENT,
        /** The processor, the station or the desktop is in another state. */
        STATION,
        /** An alert fires, or has ceased to. */
        ALERT;

        /** As callers write it. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** All of them, as callers write them. */
        public static List<String> keys() {
            return Stream.of(values()).map(Type::key).toList();
        }

        /** @param key in capitals or not */
        public static Optional<Type> of(String key) {
            return Stream.of(values())
                    .filter(type -> type.name().equalsIgnoreCase(key.strip()))
                    .findFirst();
        }
    }
}
