package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.desktop.x11.Keyboard.Keys;
import dev.deskpost.desktop.x11.wire.XEvent.RawInput;
import dev.deskpost.desktop.x11.wire.XTest;
import dev.deskpost.desktop.x11.wire.Xkb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Keys in one step with their check. They go out on the connection that has grabbed the server: those of
 * {@code java.awt.Robot} come from another one, which the grab would stop. The layout is read in the same step, so it may
 * change at any time.
 */
final class AtomicKeys implements KeyPress {

    private final XTest keys;
    private final Xkb xkb;
    private final SpareKeys spareKeys;
    private final OwnKeyboard ownKeyboard;
    private final KeyGuard guard;
    private final OneStep oneStep;
    private final X11Presence presence;
    private final Settling settling;

    AtomicKeys(
            XTest keys,
            Xkb xkb,
            SpareKeys spareKeys,
            OwnKeyboard ownKeyboard,
            KeyGuard guard,
            OneStep oneStep,
            X11Presence presence,
            Settling settling) {
        this.presence = presence;
        this.keys = keys;
        this.xkb = xkb;
        this.spareKeys = spareKeys;
        this.ownKeyboard = ownKeyboard;
        this.guard = guard;
        this.oneStep = oneStep;
        this.settling = settling;
    }

    @Override
    public Verdict press(Target target, List<KeyChord> chords, BooleanSupplier clipboard) {
        settling.awaitFocusTaken();
        return oneStep.take(() -> {
            Verdict verdict = guard.judge(target, xkb.state(), clipboard);
            if (verdict != Verdict.HELD) {
                return verdict;
            }
            ownKeyboard.takeUp();
            int group = xkb.state().group();
            Optional<List<Keys>> found = find(chords, group);
            if (found.isEmpty()) {
                return Verdict.NO_SUCH_KEY;
            }
            found.get().forEach(chord -> type(chord, group));
            settling.keysWerePressed();
            return Verdict.HELD;
        });
    }

    private Optional<List<Keys>> find(List<KeyChord> chords, int group) {
        List<Keys> found = new ArrayList<>();
        Keyboard keyboard = new Keyboard(xkb.keymap());
        for (KeyChord chord : chords) {
            Optional<Keys> keys = keyboard.find(chord, group);
            if (keys.isEmpty()) {
                keys = keyboard.bind(chord, group, spareKeys);
                // That key is taken now.
                keyboard = new Keyboard(xkb.keymap());
            }
            if (keys.isEmpty()) {
                return Optional.empty();
            }
            found.add(keys.get());
        }
        return Optional.of(found);
    }

    @Override
    public boolean has(KeyChord chord) {
        Keyboard keyboard = new Keyboard(xkb.keymap());
        int group = xkb.state().group();
        return keyboard.find(chord, group).isPresent() || keyboard.couldBind(chord, group, spareKeys);
    }

    /** Every key event carries the group that counted when it was made, so the former one may come back at once. */
    private void type(Keys chord, int present) {
        boolean elsewhere = chord.group() != present;
        if (elsewhere) {
            xkb.lockGroup(chord.group());
        }
        List<Integer> keycodes = chord.keycodes();
        for (int keycode : keycodes) {
            presence.announce(RawInput.KEY_PRESS, keycode);
            keys.key(keycode, true);
        }
        for (int i = keycodes.size() - 1; i >= 0; i--) {
            presence.announce(RawInput.KEY_RELEASE, keycodes.get(i));
            keys.key(keycodes.get(i), false);
        }
        if (elsewhere) {
            xkb.lockGroup(present);
        }
    }
}
