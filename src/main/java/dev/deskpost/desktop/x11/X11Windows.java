package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.desktop.Window;
import dev.deskpost.desktop.Windows;
import dev.deskpost.desktop.x11.wire.XServer;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Windows under a window manager that keeps to EWMH. Waits for events, not for time: it looks again when something changed. */
final class X11Windows implements Windows {

    /** {@code _NET_ACTIVE_WINDOW}: the request comes from a pager, that is from the wish of a person. */
    private static final int SOURCE_PAGER = 2;

    private final XServer server;
    private final Atoms atoms;
    private final WindowReader reader;
    private final Guard guard;

    X11Windows(XServer server, Atoms atoms, WindowReader reader, Guard guard) {
        this.server = server;
        this.atoms = atoms;
        this.reader = reader;
        this.guard = guard;
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
            activate(target);
            return await(() -> guard.focus(target), Verdict.FOCUS_ELSEWHERE, limit);
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
            activate(target);
            return await(() -> guard.hit(target, point), Verdict.COVERED, limit);
        });
    }

    @Override
    public Bounds bounds(Target target) {
        return reader.bounds((int) target.id().value());
    }

    @Override
    public Bounds screen() {
        return guard.screen();
    }

    /** Asks the window manager to raise and focus the window, on whatever workspace it is (EWMH). It may refuse. */
    private void activate(Target target) {
        server.messageRoot((int) target.id().value(), atoms.get("_NET_ACTIVE_WINDOW"), SOURCE_PAGER, 0, XServer.NONE);
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

    private Verdict await(Supplier<Verdict> question, Verdict notYet, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Verdict verdict = question.get();
            long left = end - System.nanoTime();
            if (verdict != notYet || left <= 0) {
                return verdict;
            }
            server.nextEvent(Duration.ofNanos(left));
            drain();
        }
    }

    /** One look answers for all events that are already there. */
    private void drain() {
        while (server.nextEvent(Duration.ZERO).isPresent()) {
            // Which event it was does not matter.
        }
    }
}
