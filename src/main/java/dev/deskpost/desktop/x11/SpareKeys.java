package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.x11.wire.Keymap;
import dev.deskpost.desktop.x11.wire.XInput2;
import dev.deskpost.desktop.x11.wire.XProtocolError;
import dev.deskpost.desktop.x11.wire.XServer;
import dev.deskpost.desktop.x11.wire.Xkb;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    private final @Nullable XInput2 devices;
    private final Map<Integer, Integer> bound = new HashMap<>();

    SpareKeys(XServer server, Xkb xkb) {
        this.xkb = xkb;
        this.devices = XInput2.isOn(server) ? XInput2.of(server) : null;
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

    /** A key without any symbol on whichever keyboard, from the high end, which real keyboards use least. */
    Optional<Integer> emptyKey(Keymap keymap) {
        List<Keymap> all = keymaps();
        for (int keycode = keymap.maxKeycode(); keycode >= keymap.minKeycode(); keycode--) {
            int candidate = keycode;
            if (keymap.isEmpty(candidate) && all.stream().allMatch(each -> each.isEmpty(candidate))) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** A change goes to all keyboards, so what one of them has must not be lost either. */
    private List<Keymap> keymaps() {
        if (devices == null) {
            return List.of();
        }
        List<Keymap> keymaps = new ArrayList<>();
        for (int keyboard : devices.keyboards()) {
            try {
                keymaps.add(xkb.keymap(keyboard));
            } catch (XProtocolError unpluggedMeanwhile) {
                // Then it has no keys to lose.
            }
        }
        return keymaps;
    }

    /** Empties those keys on which still is what was put there, and on no keyboard anything else. */
    void giveBack() {
        if (bound.isEmpty()) {
            return;
        }
        List<Keymap> now = new ArrayList<>(keymaps());
        now.add(xkb.keymap());
        bound.forEach((keycode, keysym) -> {
            if (now.stream().allMatch(each -> each.isEmpty(keycode) || each.plain(keycode, 0) == keysym)) {
                xkb.changeKey(keycode, 0);
            }
        });
        bound.clear();
    }
}
