package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.KeyChord.Modifier;
import dev.deskpost.desktop.x11.wire.Keymap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds the keys that make up a chord, in whichever layout has them. Keysyms are those of the X protocol, Appendix A.
 * Only keys count that give the keysym without Shift or another level: a modifier more would make another chord of it.
 */
final class Keyboard {

    private static final Map<String, Integer> KEYSYMS = Map.ofEntries(
            Map.entry("enter", 0xff0d),
            Map.entry("tab", 0xff09),
            Map.entry("escape", 0xff1b),
            Map.entry("space", 0x20),
            Map.entry("backspace", 0xff08),
            Map.entry("delete", 0xffff),
            Map.entry("insert", 0xff63),
            Map.entry("home", 0xff50),
            Map.entry("left", 0xff51),
            Map.entry("up", 0xff52),
            Map.entry("right", 0xff53),
            Map.entry("down", 0xff54),
            Map.entry("pageup", 0xff55),
            Map.entry("pagedown", 0xff56),
            Map.entry("end", 0xff57));

    /** The left ones; the right ones are the next keysym each. */
    private static final Map<Modifier, Integer> MODIFIERS =
            Map.of(Modifier.CTRL, 0xffe3, Modifier.SHIFT, 0xffe1, Modifier.ALT, 0xffe9, Modifier.SUPER, 0xffeb);

    private static final int F1 = 0xffbe;

    private final Keymap keymap;

    Keyboard(Keymap keymap) {
        this.keymap = keymap;
    }

    /**
     * Keys that are a chord while one group of the keyboard counts.
     *
     * @param keycodes to press in this order and to release in the opposite one
     */
    record Keys(int group, List<Integer> keycodes) {}

    /** The chord in the group that counts now or, if that lacks a key, in another one. */
    Optional<Keys> find(KeyChord chord, int present) {
        return groups(present)
                .flatMap(group -> keys(chord, group, plain(keysym(chord.key()), group)).stream())
                .findFirst();
    }

    /** Puts the last key of the chord on a spare one; empty if there is none, or no key for a modifier. */
    Optional<Keys> bind(KeyChord chord, int present, SpareKeys spareKeys) {
        return groups(present)
                .filter(group -> modifiers(chord, group).isPresent())
                .findFirst()
                .flatMap(group -> keys(chord, group, spareKeys.bind(keymap, keysym(chord.key()))));
    }

    /** Whether {@link #bind} would find a key. */
    boolean couldBind(KeyChord chord, int present, SpareKeys spareKeys) {
        return spareKeys.emptyKey(keymap).isPresent()
                && groups(present).anyMatch(group -> modifiers(chord, group).isPresent());
    }

    private Stream<Integer> groups(int present) {
        return Stream.concat(
                Stream.of(present),
                IntStream.range(0, keymap.groups())
                        .filter(group -> group != present)
                        .boxed());
    }

    private Optional<Keys> keys(KeyChord chord, int group, Optional<Integer> last) {
        return modifiers(chord, group)
                .flatMap(first -> last.map(key -> new Keys(
                        group, Stream.concat(first.stream(), Stream.of(key)).toList())));
    }

    private Optional<List<Integer>> modifiers(KeyChord chord, int group) {
        List<Integer> keycodes = new ArrayList<>();
        for (Modifier modifier : chord.modifiers().stream().sorted().toList()) {
            int left = MODIFIERS.getOrDefault(modifier, 0);
            plain(left, group).or(() -> plain(left + 1, group)).ifPresent(keycodes::add);
        }
        return keycodes.size() == chord.modifiers().size() ? Optional.of(keycodes) : Optional.empty();
    }

    private Optional<Integer> plain(int keysym, int group) {
        return IntStream.rangeClosed(keymap.minKeycode(), keymap.maxKeycode())
                .filter(keycode -> keymap.plain(keycode, group) == keysym)
                .boxed()
                .findFirst();
    }

    private static int keysym(String key) {
        Integer named = KEYSYMS.get(key);
        if (named != null) {
            return named;
        }
        return key.length() > 1 ? F1 + Integer.parseInt(key.substring(1)) - 1 : key.charAt(0);
    }
}
