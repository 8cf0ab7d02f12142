package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.KeyChord.Modifier;
import dev.deskpost.desktop.x11.wire.XServer.KeyboardMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the keys of the present layout that make up a chord. Keysyms are those of the X protocol, Appendix A. */
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

    private static final Map<Modifier, Integer> MODIFIERS =
            Map.of(Modifier.CTRL, 0xffe3, Modifier.SHIFT, 0xffe1, Modifier.ALT, 0xffe9, Modifier.SUPER, 0xffeb);

    private static final int F1 = 0xffbe;

    private final KeyboardMapping mapping;

    Keyboard(KeyboardMapping mapping) {
        this.mapping = mapping;
    }

    /** The keycodes to press in this order and to release in the opposite one; empty if the layout lacks one of them. */
    Optional<List<Integer>> keycodes(KeyChord chord) {
        List<Integer> keysyms = new ArrayList<>();
        chord.modifiers().stream().sorted().map(MODIFIERS::get).forEach(keysyms::add);
        keysyms.add(keysym(chord.key()));
        List<Integer> keycodes =
                keysyms.stream().flatMap(keysym -> keycode(keysym).stream()).toList();
        return keycodes.size() == keysyms.size() ? Optional.of(keycodes) : Optional.empty();
    }

    private static int keysym(String key) {
        Integer named = KEYSYMS.get(key);
        if (named != null) {
            return named;
        }
        return key.length() > 1 ? F1 + Integer.parseInt(key.substring(1)) - 1 : key.charAt(0);
    }

    /** Only keys that give the keysym without a further modifier. */
    private Optional<Integer> keycode(int keysym) {
        List<List<Integer>> rows = mapping.keysyms();
        for (int i = 0; i < rows.size(); i++) {
            if (!rows.get(i).isEmpty() && rows.get(i).get(0) == keysym) {
                return Optional.of(mapping.minKeycode() + i);
            }
        }
        return Optional.empty();
    }
}
