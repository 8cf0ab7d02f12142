package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.Typist;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.desktop.x11.wire.Xkb;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Keys that somebody else presses after a check. Between the check and the keys the focus can move: that is noticed
 * afterwards, if it has not moved back by then, but it cannot be prevented.
 */
final class RobotKeys implements KeyPress {

    private final Typist typist;
    private final Xkb xkb;
    private final OwnKeyboard ownKeyboard;
    private final KeyGuard guard;
    private final X11Presence presence;
    private final Settling settling;

    RobotKeys(
            Typist typist, Xkb xkb, OwnKeyboard ownKeyboard, KeyGuard guard, X11Presence presence, Settling settling) {
        this.presence = presence;
        this.typist = typist;
        this.xkb = xkb;
        this.ownKeyboard = ownKeyboard;
        this.guard = guard;
        this.settling = settling;
    }

    /** @throws DesktopUnavailable if the keys were pressed, and it is not known into what */
    @Override
    public Verdict press(Target target, List<KeyChord> chords, BooleanSupplier clipboard) {
        settling.awaitFocusTaken();
        Xkb.State state = xkb.state();
        Verdict before = guard.judge(target, state, clipboard);
        if (before != Verdict.HELD) {
            return before;
        }
        ownKeyboard.takeUp();
        if (!chords.stream().allMatch(this::has)) {
            return Verdict.NO_SUCH_KEY;
        }
        presence.whileActing(() -> chords.forEach(typist::press));
        settling.keysWerePressed();
        Verdict after = guard.judge(target, xkb.state(), () -> true);
        if (after == Verdict.FOCUS_ELSEWHERE || after == Verdict.GRABBED || after == Verdict.INPUT_HELD) {
            throw new DesktopUnavailable("when the robot had pressed " + chords + " the check said " + after
                    + ": which window got the keys is not known");
        }
        return Verdict.HELD;
    }

    /** The robot takes the layout that counts, and says nothing when that lacks a key. */
    @Override
    public boolean has(KeyChord chord) {
        int group = xkb.state().group();
        return new Keyboard(xkb.keymap())
                .find(chord, group)
                .filter(keys -> keys.group() == group)
                .isPresent();
    }
}
