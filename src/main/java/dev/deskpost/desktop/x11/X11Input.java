package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.Input;
import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.Pointer;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.desktop.x11.wire.XServer;
import dev.deskpost.desktop.x11.wire.XServer.PointerState;
import dev.deskpost.desktop.x11.wire.XTest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keys and clicks in one step with their check. While this connection has grabbed the server, nobody else's requests are
 * processed, so what the guard saw is still true when the keys are pressed. They go out on the same connection: those of
 * {@code java.awt.Robot} come from another one, which the grab would stop.
 */
final class X11Input implements Input {

    private static final int FIRST_BUTTON = 1;

    /** Shift, Control, Mod1 (Alt), Mod4 (Super) and the five buttons; not Num Lock and not Caps Lock. */
    private static final int HELD_BY_A_PERSON = 0x1 | 0x4 | 0x8 | 0x40 | 0x1f00;

    private final XServer server;
    private final XTest keys;
    private final Guard guard;
    private final Pointer pointer;
    private final Settling settling;
    private final Duration lookAgain;

    X11Input(XServer server, XTest keys, Guard guard, Pointer pointer, Settling settling, Duration lookAgain) {
        this.server = server;
        this.keys = keys;
        this.guard = guard;
        this.pointer = pointer;
        this.settling = settling;
        this.lookAgain = lookAgain;
    }

    @Override
    public Verdict click(Target target, Point point, Duration limit) {
        if (!guard.screen().contains(point)) {
            return Verdict.OUTSIDE;
        }
        pointer.moveTo(point);
        Verdict clicked = inOneStep(() -> {
            PointerState state = server.pointer();
            if (state.x() != point.x() || state.y() != point.y()) {
                return Verdict.POINTER_MOVED;
            }
            if (isHeld(state)) {
                return Verdict.INPUT_HELD;
            }
            Verdict verdict = guard.hit(target, point);
            if (verdict == Verdict.HELD) {
                keys.button(FIRST_BUTTON, true);
                keys.button(FIRST_BUTTON, false);
            }
            return verdict;
        });
        if (clicked == Verdict.HELD) {
            awaitRelease(limit);
            settling.focusWasMoved();
        }
        return clicked;
    }

    /**
     * A window manager grabs the first click into a window synchronously: until it replays it, the button counts as held.
     * The server sends nobody an event when that ends, so it is asked.
     */
    private void awaitRelease(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (isHeld(server.pointer()) && end - System.nanoTime() > 0) {
            server.nextEvent(lookAgain);
        }
    }

    @Override
    public Verdict press(Target target, KeyChord chord) {
        Optional<List<Integer>> keycodes = new Keyboard(server.keyboardMapping()).keycodes(chord);
        if (keycodes.isEmpty()) {
            return Verdict.NO_SUCH_KEY;
        }
        settling.awaitFocusTaken();
        return inOneStep(() -> {
            if (isHeld(server.pointer())) {
                return Verdict.INPUT_HELD;
            }
            Verdict verdict = guard.focus(target);
            if (verdict == Verdict.FOCUS_ELSEWHERE) {
                settling.focusWasMoved();
            }
            if (verdict == Verdict.HELD) {
                type(keycodes.get());
                settling.keysWerePressed();
            }
            return verdict;
        });
    }

    @Override
    public boolean has(KeyChord chord) {
        return new Keyboard(server.keyboardMapping()).keycodes(chord).isPresent();
    }

    private void type(List<Integer> keycodes) {
        for (int keycode : keycodes) {
            keys.key(keycode, true);
        }
        for (int i = keycodes.size() - 1; i >= 0; i--) {
            keys.key(keycodes.get(i), false);
        }
    }

    private static boolean isHeld(PointerState state) {
        return (state.held() & HELD_BY_A_PERSON) != 0;
    }

    private Verdict inOneStep(Supplier<Verdict> checkAndInput) {
        server.grab();
        try {
            Verdict verdict = checkAndInput.get();
            server.sync();
            return verdict;
        } finally {
            if (server.isOpen()) {
                server.ungrab();
                server.flush();
            }
        }
    }
}
