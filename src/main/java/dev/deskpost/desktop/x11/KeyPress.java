package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.Verdict;

/** The way in which keys get into a window, with the check that they may. */
interface KeyPress {

    /** As {@link dev.deskpost.desktop.Input#press} says. */
    Verdict press(Target target, KeyChord chord);
}
