package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.x11.wire.Keymap;
import dev.deskpost.desktop.x11.wire.Xkb;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keycodes that the keyboard layout leaves empty, and on which what it lacks is put: a Cyrillic layout has no {@code v} to
 * press with Ctrl (ADR 12).
 *
 * <p>A key stays there until {@link #giveBack}. Programs look up what a key means when they get to it, some time after it
 * was pressed; taken away at once, it would mean nothing by then. A change of the layout wipes it, so nothing is remembered
 * for the next press: that finds it on the keyboard, or puts it there again.
 */
final class SpareKeys {

    private final Xkb xkb;
    private final Map<Integer, Integer> bound = new HashMap<>();

    SpareKeys(Xkb xkb) {
        this.xkb = xkb;
    }

    /** Puts a keysym on an empty key; empty if all are used. */
    Optional<Integer> bind(Keymap keymap, int keysym) {
        Optional<Integer> key = emptyKey(keymap);
        key.ifPresent(keycode -> {
            // Letters with Shift as well: ctrl+shift+v is Control, Shift and a key whose second symbol is V
            if (Character.isLowerCase(keysym)) {
                xkb.changeKey(keycode, keysym, Character.toUpperCase(keysym));
            } else {
                xkb.changeKey(keycode, keysym);
            }
            xkb.announceKeyboard();
            bound.put(keycode, keysym);
        });
        return key;
    }

    /** A key without any symbol, from the high end, which real keyboards use least. */
    Optional<Integer> emptyKey(Keymap keymap) {
        for (int keycode = keymap.maxKeycode(); keycode >= keymap.minKeycode(); keycode--) {
            if (keymap.symbols(keycode).stream().allMatch(symbol -> symbol == 0)) {
                return Optional.of(keycode);
            }
        }
        return Optional.empty();
    }

    /** Empties those keys on which still is what was put there. */
    void giveBack() {
        if (bound.isEmpty()) {
            return;
        }
        Keymap now = xkb.keymap();
        bound.forEach((keycode, keysym) -> {
            if (now.plain(keycode, 0) == keysym) {
                xkb.changeKey(keycode, 0);
            }
        });
        bound.clear();
    }
}
