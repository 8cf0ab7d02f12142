package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.Verdict;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The way in which keys get into a window, with the check that they may. */
interface KeyPress {

    /**
     * As {@link dev.deskpost.desktop.Input#press} says.
     *
     * @param clipboard a further condition: whether the clipboard is as it has to be
     */
    Verdict press(Target target, List<KeyChord> chords, BooleanSupplier clipboard);

    /** As {@link dev.deskpost.desktop.Input#has} says. */
    boolean has(KeyChord chord);
}
