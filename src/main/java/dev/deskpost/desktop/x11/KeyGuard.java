package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.desktop.x11.wire.Grabs;
import dev.deskpost.desktop.x11.wire.XServer;
import dev.deskpost.desktop.x11.wire.XServer.PointerState;
import dev.deskpost.desktop.x11.wire.Xkb;
import java.util.function.BooleanSupplier;

/** Judges whether keys would reach a target, and mean there what they say. */
final class KeyGuard {

    /** Mod3 and Mod5: what layouts use to reach further symbols of a key, such as AltGr. */
    private static final int OTHER_SYMBOLS = 0x20 | 0x80;

    private final XServer server;
    private final Grabs grabs;
    private final Guard guard;
    private final X11Presence presence;
    private final Settling settling;

    KeyGuard(XServer server, Grabs grabs, Guard guard, X11Presence presence, Settling settling) {
        this.presence = presence;
        this.server = server;
        this.grabs = grabs;
        this.guard = guard;
        this.settling = settling;
    }

    /** @param clipboard whether the clipboard is as it has to be */
    Verdict judge(Target target, Xkb.State state, BooleanSupplier clipboard) {
        // Asking for the pointer brings all that a person did before.
        PointerState pointer = server.pointer();
        if (X11Presence.isHeld(pointer) || (state.held() & OTHER_SYMBOLS) != 0 || state.groupHeld()) {
            return Verdict.INPUT_HELD;
        }
        if (presence.intruded() || presence.isStopped(pointer)) {
            return Verdict.INTRUDED;
        }
        if (grabs.keyboardIsTaken()) {
            return Verdict.GRABBED;
        }
        Verdict verdict = guard.focus(target);
        if (verdict == Verdict.FOCUS_ELSEWHERE) {
            settling.focusWasMoved();
        }
        return verdict == Verdict.HELD && !clipboard.getAsBoolean() ? Verdict.CLIPBOARD_TAKEN : verdict;
    }
}
