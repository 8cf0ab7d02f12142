package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.Input;
import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.desktop.x11.wire.XEvent.RawInput;
import dev.deskpost.desktop.x11.wire.XServer;
import dev.deskpost.desktop.x11.wire.XServer.PointerState;
import dev.deskpost.desktop.x11.wire.XTest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Keys and clicks in one step with their check. While this connection has grabbed the server, nobody else's requests are
 * processed, so what the guard saw is still true when the keys are pressed. They go out on the same connection: those of
 * {@code java.awt.Robot} come from another one, which the grab would stop.
 */
final class X11Input implements Input {

    private static final int FIRST_BUTTON = 1;

    private final XServer server;
    private final XTest keys;
    private final Guard guard;
    private final X11Presence presence;
    private final Surroundings surroundings;
    private final Settling settling;
    private final BooleanSupplier clipboardIsOurs;
    private final Duration lookAgain;

    X11Input(
            XServer server,
            XTest keys,
            Guard guard,
            X11Presence presence,
            Surroundings surroundings,
            Settling settling,
            BooleanSupplier clipboardIsOurs,
            Duration lookAgain) {
        this.server = server;
        this.keys = keys;
        this.guard = guard;
        this.presence = presence;
        this.surroundings = surroundings;
        this.settling = settling;
        this.clipboardIsOurs = clipboardIsOurs;
        this.lookAgain = lookAgain;
    }

    @Override
    public Verdict click(Target target, Point point, Duration limit) {
        if (!guard.screen().contains(point)) {
            return Verdict.OUTSIDE;
        }
        surroundings.movePointer(point);
        Verdict clicked = inOneStep(() -> {
            PointerState state = server.pointer();
            if (state.x() != point.x() || state.y() != point.y()) {
                return Verdict.POINTER_MOVED;
            }
            Verdict verdict = byPerson(state).orElseGet(() -> guard.hit(target, point));
            if (verdict == Verdict.HELD) {
                presence.announce(RawInput.BUTTON_PRESS, FIRST_BUTTON);
                presence.announce(RawInput.BUTTON_RELEASE, FIRST_BUTTON);
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
        while (X11Presence.isHeld(server.pointer()) && end - System.nanoTime() > 0) {
            server.nextEvent(lookAgain);
        }
    }

    @Override
    public Verdict press(Target target, List<KeyChord> chords) {
        return press(target, chords, () -> true);
    }

    @Override
    public Verdict pressWhileOffered(Target target, List<KeyChord> chords) {
        return press(target, chords, clipboardIsOurs);
    }

    private Verdict press(Target target, List<KeyChord> chords, BooleanSupplier clipboard) {
        Keyboard keyboard = new Keyboard(server.keyboardMapping());
        List<List<Integer>> keycodes = chords.stream()
                .flatMap(chord -> keyboard.keycodes(chord).stream())
                .toList();
        if (keycodes.size() < chords.size()) {
            return Verdict.NO_SUCH_KEY;
        }
        settling.awaitFocusTaken();
        return inOneStep(() -> {
            Verdict verdict = byPerson(server.pointer()).orElseGet(() -> guard.focus(target));
            if (verdict == Verdict.FOCUS_ELSEWHERE) {
                settling.focusWasMoved();
            }
            if (verdict == Verdict.HELD && !clipboard.getAsBoolean()) {
                return Verdict.CLIPBOARD_TAKEN;
            }
            if (verdict == Verdict.HELD) {
                keycodes.forEach(this::type);
                settling.keysWerePressed();
            }
            return verdict;
        });
    }

    /** What a person does that forbids any input of ours; asking for the pointer has brought us all they did before. */
    private Optional<Verdict> byPerson(PointerState state) {
        if (X11Presence.isHeld(state)) {
            return Optional.of(Verdict.INPUT_HELD);
        }
        return presence.intruded() ? Optional.of(Verdict.INTRUDED) : Optional.empty();
    }

    @Override
    public boolean has(KeyChord chord) {
        return new Keyboard(server.keyboardMapping()).keycodes(chord).isPresent();
    }

    private void type(List<Integer> keycodes) {
        for (int keycode : keycodes) {
            presence.announce(RawInput.KEY_PRESS, keycode);
            keys.key(keycode, true);
        }
        for (int i = keycodes.size() - 1; i >= 0; i--) {
            presence.announce(RawInput.KEY_RELEASE, keycodes.get(i));
            keys.key(keycodes.get(i), false);
        }
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
