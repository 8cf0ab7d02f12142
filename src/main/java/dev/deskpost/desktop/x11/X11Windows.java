package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.desktop.Window;
import dev.deskpost.desktop.Windows;
import dev.deskpost.desktop.x11.wire.Grabs;
import dev.deskpost.desktop.x11.wire.XEvent;
import dev.deskpost.desktop.x11.wire.XServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Windows under a window manager that keeps to EWMH. Waits for events, not for time: it looks again when something changed. */
final class X11Windows implements Windows {

    /** {@code _NET_ACTIVE_WINDOW}: the request comes from a pager, that is from the wish of a person. */
    private static final int SOURCE_PAGER = 2;

    private final XServer server;
    private final Atoms atoms;
    private final WindowReader reader;
    private final Guard guard;
    private final Grabs grabs;
    private final ServerClock clock;
    private final X11Settings settings;
    private final Settling settling;

    X11Windows(
            XServer server,
            Atoms atoms,
            WindowReader reader,
            Guard guard,
            Grabs grabs,
            ServerClock clock,
            X11Settings settings,
            Settling settling) {
        this.server = server;
        this.atoms = atoms;
        this.reader = reader;
        this.guard = guard;
        this.grabs = grabs;
        this.clock = clock;
        this.settings = settings;
        this.settling = settling;
    }

    @Override
    public List<Window> all() {
        return reader.all();
    }

    @Override
    public Verdict focus(Target target, Duration limit) {
        Verdict now = guard.focus(target);
        if (now != Verdict.FOCUS_ELSEWHERE) {
            return now;
        }
        return watching(target, () -> {
            settling.awaitKeysTaken();
            Verdict moved = activateUntil(target, () -> guard.focus(target), Verdict.FOCUS_ELSEWHERE, limit);
            settling.focusWasMoved();
            // A window manager whose own menu is open moves no focus.
            return moved == Verdict.FOCUS_ELSEWHERE && grabs.keyboardIsTaken() ? Verdict.GRABBED : moved;
        });
    }

    @Override
    public Verdict check(Target target) {
        return guard.focus(target);
    }

    @Override
    public Verdict hit(Target target, Point point, Duration limit) {
        Verdict now = guard.hit(target, point);
        if (now != Verdict.COVERED) {
            return now;
        }
        return watching(target, () -> {
            return activateUntil(target, () -> guard.hit(target, point), Verdict.COVERED, limit);
        });
    }

    @Override
    public Optional<Bounds> bounds(Target target) {
        return reader.read(target.id()).map(Window::bounds);
    }

    @Override
    public Bounds screen() {
        return guard.screen();
    }

    /** Asks the window manager to raise and focus the window, on whatever workspace it is (EWMH). It may refuse. */
    private void activate(Target target) {
        server.messageRoot(
                (int) target.id().value(),
                atoms.get("_NET_ACTIVE_WINDOW"),
                SOURCE_PAGER,
                clock.now(event -> {}),
                XServer.NONE);
        server.flush();
    }

    private Verdict watching(Target target, Supplier<Verdict> wait) {
        int window = (int) target.id().value();
        server.selectEvents(server.root(), XServer.PROPERTY_CHANGE | XServer.SUBSTRUCTURE_NOTIFY);
        server.selectEvents(window, XServer.FOCUS_CHANGE | XServer.PROPERTY_CHANGE | XServer.STRUCTURE_NOTIFY);
        try {
            return wait.get();
        } finally {
            if (server.isOpen()) {
                server.selectEvents(server.root(), 0);
                server.selectEvents(window, 0);
            }
        }
    }

    /**
     * Asks for the window until the question is answered otherwise. Another program may get the focus just after us: when
     * the active window changes and it is not the target, the wish is repeated at once.
     */
    private Verdict activateUntil(Target target, Supplier<Verdict> question, Verdict notYet, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        boolean ask = true;
        while (true) {
            Verdict verdict = question.get();
            long left = end - System.nanoTime();
            if (verdict != notYet || left <= 0) {
                return verdict;
            }
            if (ask) {
                activate(target);
            }
            ask = awaitChange(
                    Duration.ofNanos(Math.min(left, settings.activationRepeat().toNanos())));
        }
    }

    /**
     * Waits until something has changed on the screen; one look answers for all events that are already there.
     *
     * @return whether the wish should be repeated: the active window has changed, or nothing happened
     */
    private boolean awaitChange(Duration limit) {
        int activeWindow = atoms.get("_NET_ACTIVE_WINDOW");
        Optional<XEvent> event = server.nextEvent(limit);
        boolean repeat = event.isEmpty();
        while (event.isPresent()) {
            repeat |= event.get() instanceof XEvent.PropertyNotify change && change.atom() == activeWindow;
            event = server.nextEvent(Duration.ZERO);
        }
        return repeat;
    }
}
