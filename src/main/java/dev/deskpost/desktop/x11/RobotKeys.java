package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.Typist;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.desktop.x11.Keyboard.Keys;
import dev.deskpost.desktop.x11.wire.Xkb;
import java.util.Optional;

/**
 * Keys that somebody else presses after a check. Between the check and the keys the focus can move: that is noticed
 * afterwards, if it has not moved back by then, but it cannot be prevented.
 */
final class RobotKeys implements KeyPress {

    private final Typist typist;
    private final Xkb xkb;
    private final KeyGuard guard;
    private final Settling settling;

    RobotKeys(Typist typist, Xkb xkb, KeyGuard guard, Settling settling) {
        this.typist = typist;
        this.xkb = xkb;
        this.guard = guard;
        this.settling = settling;
    }

    /** @throws DesktopUnavailable if the keys were pressed, and it is not known into what */
    @Override
    public Verdict press(Target target, KeyChord chord) {
        settling.awaitFocusTaken();
        Xkb.State state = xkb.state();
        Verdict before = guard.judge(target, state);
        if (before != Verdict.HELD) {
            return before;
        }
        // The robot takes the layout that counts, and says nothing when that lacks a key.
        Optional<Keys> found = new Keyboard(xkb.keymap()).find(chord, state.group());
        if (found.isEmpty() || found.get().group() != state.group()) {
            return Verdict.NO_SUCH_KEY;
        }
        typist.press(chord);
        settling.keysWerePressed();
        Verdict after = guard.judge(target, xkb.state());
        if (after == Verdict.FOCUS_ELSEWHERE || after == Verdict.GRABBED || after == Verdict.INPUT_HELD) {
            throw new DesktopUnavailable("when the robot had pressed " + chord + " the check said " + after
                    + ": which window got the keys is not known");
        }
        return Verdict.HELD;
    }
}
