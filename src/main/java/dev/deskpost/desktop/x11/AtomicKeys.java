package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.desktop.x11.Keyboard.Keys;
import dev.deskpost.desktop.x11.wire.XTest;
import dev.deskpost.desktop.x11.wire.Xkb;
import java.util.List;
import java.util.Optional;

/**
 * Keys in one step with their check. They go out on the connection that has grabbed the server: those of
 * {@code java.awt.Robot} come from another one, which the grab would stop. The layout is read in the same step, so it may
 * change at any time.
 */
final class AtomicKeys implements KeyPress {

    private final XTest keys;
    private final Xkb xkb;
    private final SpareKeys spareKeys;
    private final KeyGuard guard;
    private final OneStep oneStep;
    private final Settling settling;

    AtomicKeys(XTest keys, Xkb xkb, SpareKeys spareKeys, KeyGuard guard, OneStep oneStep, Settling settling) {
        this.keys = keys;
        this.xkb = xkb;
        this.spareKeys = spareKeys;
        this.guard = guard;
        this.oneStep = oneStep;
        this.settling = settling;
    }

    @Override
    public Verdict press(Target target, KeyChord chord) {
        settling.awaitFocusTaken();
        return oneStep.take(() -> {
            Xkb.State state = xkb.state();
            Verdict verdict = guard.judge(target, state);
            if (verdict != Verdict.HELD) {
                return verdict;
            }
            Keyboard keyboard = new Keyboard(xkb.keymap());
            Optional<Keys> found =
                    keyboard.find(chord, state.group()).or(() -> keyboard.bind(chord, state.group(), spareKeys));
            if (found.isEmpty()) {
                return Verdict.NO_SUCH_KEY;
            }
            type(found.get(), state.group());
            settling.keysWerePressed();
            return Verdict.HELD;
        });
    }

    /** Every key event carries the group that counted when it was made, so the former one may come back at once. */
    private void type(Keys chord, int present) {
        boolean elsewhere = chord.group() != present;
        if (elsewhere) {
            xkb.lockGroup(chord.group());
        }
        List<Integer> keycodes = chord.keycodes();
        for (int keycode : keycodes) {
            keys.key(keycode, true);
        }
        for (int i = keycodes.size() - 1; i >= 0; i--) {
            keys.key(keycodes.get(i), false);
        }
        if (elsewhere) {
            xkb.lockGroup(present);
        }
    }
}
