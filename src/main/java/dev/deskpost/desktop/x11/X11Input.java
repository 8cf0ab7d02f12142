package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.Input;
import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.desktop.x11.wire.Grabs;
import dev.deskpost.desktop.x11.wire.XEvent.RawInput;
import dev.deskpost.desktop.x11.wire.XServer;
import dev.deskpost.desktop.x11.wire.XServer.PointerState;
import dev.deskpost.desktop.x11.wire.XTest;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/** Keys as {@link KeyPress} presses them, and clicks in one step with their check. */
final class X11Input implements Input {

    private final XServer server;
    private final XTest buttons;
    private final KeyPress keys;
    private final Guard guard;
    private final Grabs grabs;
    private final OneStep oneStep;
    private final X11Presence presence;
    private final Surroundings surroundings;
    private final Settling settling;
    private final BooleanSupplier clipboardIsOurs;
    private final X11Settings settings;

    X11Input(
            XServer server,
            XTest buttons,
            KeyPress keys,
            Guard guard,
            Grabs grabs,
            OneStep oneStep,
            X11Presence presence,
            Surroundings surroundings,
            Settling settling,
            BooleanSupplier clipboardIsOurs,
            X11Settings settings) {
        this.server = server;
        this.buttons = buttons;
        this.keys = keys;
        this.guard = guard;
        this.grabs = grabs;
        this.oneStep = oneStep;
        this.presence = presence;
        this.surroundings = surroundings;
        this.clipboardIsOurs = clipboardIsOurs;
        this.settling = settling;
        this.settings = settings;
    }

    @Override
    public Verdict click(Target target, Bounds window, Point point, Duration limit) {
        if (!guard.screen().contains(point)) {
            return Verdict.OUTSIDE;
        }
        if (presence.isStopped(server.pointer())) {
            return Verdict.INTRUDED;
        }
        surroundings.movePointer(point);
        Verdict clicked = oneStep.take(() -> {
            PointerState state = server.pointer();
            if (state.x() != point.x() || state.y() != point.y()) {
                return Verdict.POINTER_MOVED;
            }
            if (X11Presence.isHeld(state)) {
                return Verdict.INPUT_HELD;
            }
            if (presence.intruded()) {
                return Verdict.INTRUDED;
            }
            if (grabs.pointerIsTaken()) {
                return Verdict.GRABBED;
            }
            Verdict verdict = guard.hit(target, window, point);
            return verdict == Verdict.HELD ? clickFirstButton() : verdict;
        });
        if (clicked == Verdict.HELD) {
            awaitRelease(limit);
            settling.focusWasMoved();
        }
        return awaitGrabsEnd(clicked);
    }

    /** The one that programs take for the first, whichever that is: the buttons may be swapped. */
    private Verdict clickFirstButton() {
        OptionalInt first = buttons.firstButton();
        if (first.isEmpty()) {
            return Verdict.NO_SUCH_KEY;
        }
        int button = first.getAsInt();
        presence.announce(RawInput.BUTTON_PRESS, button);
        presence.announce(RawInput.BUTTON_RELEASE, button);
        buttons.button(button, true);
        buttons.button(button, false);
        return Verdict.HELD;
    }

    /**
     * A window manager grabs the first click into a window synchronously: until it replays it, the button counts as held.
     * The server sends nobody an event when that ends, so it is asked.
     */
    private void awaitRelease(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (X11Presence.isHeld(server.pointer()) && end - System.nanoTime() > 0) {
            server.nextEvent(settings.lookAgain());
        }
    }

    @Override
    public Verdict press(Target target, List<KeyChord> chords) {
        return awaitGrabsEnd(keys.press(target, chords, () -> true));
    }

    @Override
    public Verdict pressWhileOffered(Target target, List<KeyChord> chords) {
        return awaitGrabsEnd(keys.press(target, chords, clipboardIsOurs));
    }

    @Override
    public boolean has(KeyChord chord) {
        return keys.has(chord);
    }

    /**
     * Whoever tries again after a step that met a grab finds it ended, most likely, and does not keep the server busy. It
     * tells nobody when a grab ends, so it is asked.
     */
    private Verdict awaitGrabsEnd(Verdict verdict) {
        if (verdict == Verdict.GRABBED) {
            long end = System.nanoTime() + settings.activationRepeat().toNanos();
            while ((grabs.keyboardIsTaken() || grabs.pointerIsTaken()) && end - System.nanoTime() > 0) {
                server.nextEvent(settings.lookAgain());
            }
        }
        return verdict;
    }
}
