package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.Monitor;
import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.desktop.Window;
import dev.deskpost.desktop.WindowId;
import dev.deskpost.desktop.Windows;
import dev.deskpost.desktop.x11.wire.EventMask;
import dev.deskpost.desktop.x11.wire.Grabs;
import dev.deskpost.desktop.x11.wire.XEvent;
import dev.deskpost.desktop.x11.wire.XRandR;
import dev.deskpost.desktop.x11.wire.XServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
    private final Surroundings surroundings;
    private final XRandR monitors;

    X11Windows(
            XServer server,
            Atoms atoms,
            WindowReader reader,
            Guard guard,
            Grabs grabs,
            ServerClock clock,
            X11Settings settings,
            Settling settling,
            Surroundings surroundings) {
        this.server = server;
        this.atoms = atoms;
        this.reader = reader;
        this.guard = guard;
        this.grabs = grabs;
        this.clock = clock;
        this.settings = settings;
        this.settling = settling;
        this.surroundings = surroundings;
        this.monitors = new XRandR(server);
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
        surroundings.focusMovesTo(target);
        return watching(window(target), () -> {
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
        surroundings.focusMovesTo(target);
        return watching(
                window(target), () -> activateUntil(target, () -> guard.hit(target, point), Verdict.COVERED, limit));
    }

    @Override
    public Optional<Bounds> bounds(Target target) {
        return reader.read(target.id()).map(Window::bounds);
    }

    @Override
    public Bounds screen() {
        return guard.screen();
    }

    /**
     * Gives the focus back to who had it, if that window still exists and the window manager agrees within the limit. The
     * server goes by the latest time of a wish, so one is lost if a program asks for the focus meanwhile: it is repeated.
     *
     * <p>Some programs ask for the focus themselves when they come to read that they got it, however late that is (Swing:
     * for a child of their window), and have it again then. From one that may still do so it is taken back as often as that
     * happens within the limit.
     *
     * @param isTakenAgain whether the active window has the focus although nobody wants it there; null if that cannot be
     */
    void putBackFocus(int window, @Nullable IntPredicate isTakenAgain, Duration limit) {
        if (reader.read(new WindowId(Integer.toUnsignedLong(window))).isEmpty()) {
            return;
        }
        watching(window, () -> {
            settling.awaitKeysTaken();
            long end = System.nanoTime() + limit.toNanos();
            int before = reader.activeWindow();
            int active = before;
            activate(window);
            for (long left = limit.toNanos();
                    left > 0 && (active != window || isTakenAgain != null);
                    left = end - System.nanoTime()) {
                boolean ask = awaitChange(Duration.ofNanos(
                        Math.min(left, settings.activationRepeat().toNanos())));
                active = reader.activeWindow();
                boolean isLost = active == before || (isTakenAgain != null && isTakenAgain.test(active));
                if (ask && isLost && active != window) {
                    activate(window);
                }
            }
            settling.focusWasMoved();
            return Verdict.HELD;
        });
    }

    private static int window(Target target) {
        return (int) target.id().value();
    }

    @Override
    public List<Monitor> monitors() {
        return monitors.all().stream()
                .map(found -> new Monitor(
                        found.name(), new Bounds(found.x(), found.y(), found.width(), found.height()), found.primary()))
                .toList();
    }

    @Override
    public Optional<Window> at(Point point) {
        return guard.at(point);
    }

    @Override
    public Optional<Window> focused() {
        return guard.focused();
    }

    /**
     * Asks the window manager to raise and focus the window (EWMH). It may refuse, and does so (openbox) while another
     * workspace is shown: so that of the window is asked for first.
     */
    private void activate(int window) {
        clock.showAll();
        int now = clock.now(event -> {});
        reader.hiddenWorkspace(window)
                .ifPresent(workspace ->
                        server.messageRoot(server.root(), atoms.get("_NET_CURRENT_DESKTOP"), workspace, now));
        server.messageRoot(window, atoms.get("_NET_ACTIVE_WINDOW"), SOURCE_PAGER, now, XServer.NONE);
        server.flush();
    }

    private Verdict watching(int window, Supplier<Verdict> wait) {
        server.selectEvents(server.root(), EventMask.PROPERTY_CHANGE | EventMask.SUBSTRUCTURE_NOTIFY);
        server.selectEvents(window, EventMask.FOCUS_CHANGE | EventMask.PROPERTY_CHANGE | EventMask.STRUCTURE_NOTIFY);
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
                activate(window(target));
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
