package dev.deskpost.desktop;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keys that are pressed together, written like {@code ctrl+v}, {@code shift+insert} or {@code enter}: any number of
 * modifiers and one key at the end.
 */
public record KeyChord(Set<Modifier> modifiers, String key) {

    private static final Set<String> NAMED_KEYS = Set.of(
            "enter",
            "tab",
            "escape",
            "space",
            "backspace",
            "delete",
            "insert",
            "home",
            "end",
            "pageup",
            "pagedown",
            "up",
            "down",
            "left",
            "right");

    /** The keys that change what another key means. */
    public enum Modifier {
        CTRL,
        SHIFT,
        ALT,
        SUPER
    }

    public KeyChord {
        modifiers = modifiers.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(modifiers));
        if (!isKey(key)) {
            throw new IllegalArgumentException("'" + key + "' is not a key; known are a to z, 0 to 9, f1 to f12, "
                    + NAMED_KEYS.stream().sorted().collect(Collectors.joining(", ")));
        }
    }

    /** @throws IllegalArgumentException with a sentence for people if the text names no chord */
    public static KeyChord parse(String text) {
        String[] parts = text.toLowerCase(Locale.ROOT).trim().split("\\+", -1);
        EnumSet<Modifier> modifiers = EnumSet.noneOf(Modifier.class);
        for (int i = 0; i < parts.length - 1; i++) {
            String name = parts[i].trim();
            modifiers.add(modifier(name)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "'" + name + "' is not a modifier; known are ctrl, shift, alt, super")));
        }
        return new KeyChord(modifiers, parts[parts.length - 1].trim());
    }

    private static Optional<Modifier> modifier(String name) {
        return Stream.of(Modifier.values())
                .filter(modifier -> modifier.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    private static boolean isKey(String name) {
        return NAMED_KEYS.contains(name) || name.matches("[a-z0-9]|f([1-9]|1[0-2])");
    }

    @Override
    public String toString() {
        return Stream.concat(modifiers.stream().sorted().map(m -> m.name().toLowerCase(Locale.ROOT)), Stream.of(key))
                .collect(Collectors.joining("+"));
    }
}
