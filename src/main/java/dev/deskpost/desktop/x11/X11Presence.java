package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.Presence;
import dev.deskpost.desktop.x11.wire.ScreenSaver;
import dev.deskpost.desktop.x11.wire.XEvent;
import dev.deskpost.desktop.x11.wire.XEvent.RawInput;
import dev.deskpost.desktop.x11.wire.XInput2;
import dev.deskpost.desktop.x11.wire.XServer;
import dev.deskpost.desktop.x11.wire.XServer.PointerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches keyboard and pointer while a session is open: XInput's raw events tell of every key whoever gets it, and before
 * the session the server's idle time tells when the last one was.
 *
 * <p>Our own keys come back as raw events, too. They are told apart by counting: what we sent is announced first, the
 * server answers in order, and whatever comes back beyond that is somebody else's.
 */
final class X11Presence implements Presence {

    private static final int CAPS_LOCK = 0x2;

    /** Shift, Control, Mod1 (Alt), Mod4 (Super) and the five buttons; not Num Lock. */
    private static final int HELD = 0x1 | 0x4 | 0x8 | 0x40 | 0x1f00;

    /** Up, down, left and right: these are buttons to the server. */
    private static final Set<Integer> WHEEL = Set.of(4, 5, 6, 7);

    private final XServer server;
    private final @Nullable XInput2 raw;
    private final ScreenSaver screenSaver;
    private final Supplier<List<Bounds>> monitors;

    private final ServerClock clock;
    private final List<RawInput> announced = new ArrayList<>();

    /** Who acts for us on a connection of its own announces nothing: what of it is not a person's at this moment. */
    private Predicate<RawInput> ours = input -> false;

    /** The server's time of the last input that we know of; null while we know of none. */
    private @Nullable Integer knownInputAt;

    private long personAt = System.nanoTime() - Duration.ofDays(1).toNanos();
    private long clickedAt = personAt;
    private boolean intruded;
    private @Nullable Point pointerSeen;

    X11Presence(XServer server, ServerClock clock, Supplier<List<Bounds>> monitors) {
        this.server = server;
        this.clock = clock;
        this.raw = XInput2.isOn(server) ? XInput2.of(server) : null;
        this.screenSaver = new ScreenSaver(server);
        this.monitors = monitors;
        server.observe(this::hear);
    }

    /** A session begins. */
    void begin() {
        announced.clear();
        if (raw != null) {
            raw.selectRaw(true);
        }
        lastInput().ifPresent(last -> {
            Integer known = knownInputAt;
            if (known == null || !last.isThatAt(known)) {
                personAt = System.nanoTime() - last.idle().toNanos();
            }
        });
        intruded = false;
    }

    /** A session ends. Nobody reads events from now on, so none must come. */
    void end() {
        knownInputAt = lastInput().map(LastInput::at).orElse(null);
        if (raw != null) {
            raw.selectRaw(false);
            server.sync();
        }
        while (server.nextEvent(Duration.ZERO).isPresent()) {
            // It was told to the observer already.
        }
    }

    @Override
    public Use awaitFree(Duration quiet, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Use use = use(quiet);
            long now = System.nanoTime();
            if (use == Use.FREE) {
                intruded = false;
                return use;
            }
            if (use == Use.CORNER || end - now <= 0) {
                return use;
            }
            long quietAt = personAt + quiet.toNanos();
            long until = use == Use.ACTIVE && quietAt - end < 0 ? quietAt : end;
            server.nextEvent(Duration.ofNanos(Math.max(0, until - now)));
        }
    }

    @Override
    public boolean intruded() {
        return intruded;
    }

    @Override
    public boolean wasHereSince(long nanoTime) {
        // What they did up to now has been heard when the server has answered.
        server.sync();
        return personAt - nanoTime >= 0;
    }

    /**
     * Whether a person has pressed a button since then, the wheel aside. As of what was heard up to the latest answer of the
     * server.
     *
     * @param nanoTime as of {@link System#nanoTime}
     */
    boolean hasClickedSince(long nanoTime) {
        return clickedAt - nanoTime >= 0;
    }

    /** Whether a key or button is down that would change what ours mean. */
    static boolean isHeld(PointerState state) {
        return (state.held() & HELD) != 0;
    }

    /**
     * The next event of this kind is ours. To be called before it is sent; it may come back much later, because a window
     * manager may hold a click back.
     */
    void announce(int type, int detail) {
        announced.add(new RawInput(type, detail));
    }

    /** Moves the pointer without being taken for a person. */
    void whileMovingPointer(Runnable move, Point to) {
        whileActing(move, input -> input.type() == RawInput.MOTION);
        pointerSeen = to;
    }

    /** Lets somebody else act for us, on a connection of its own: what is heard meanwhile is not a person. */
    void whileActing(Runnable act) {
        whileActing(act, input -> true);
    }

    private void whileActing(Runnable act, Predicate<RawInput> isOurs) {
        ours = isOurs;
        try {
            act.run();
            server.sync();
        } finally {
            ours = input -> false;
        }
    }

    /**
     * Whether a person has moved the pointer into a corner since we saw it last. It stays the sign to stop until
     * {@link #awaitFree} has told of it: so nothing of ours may move the pointer away from there.
     *
     * @param state where the pointer is now
     */
    boolean isStopped(PointerState state) {
        Point now = new Point(state.x(), state.y());
        Point before = pointerSeen;
        return before != null && !before.equals(now) && Corners.isCorner(now, monitors.get());
    }

    private Optional<LastInput> lastInput() {
        return LastInput.ask(() -> clock.now(event -> {}), screenSaver::idle);
    }

    private Use use(Duration quiet) {
        PointerState state = server.pointer();
        boolean stopped = isStopped(state);
        // At the start it may lie in a corner, as on many a virtual display: only what it does then is a sign.
        pointerSeen = new Point(state.x(), state.y());
        if (stopped) {
            return Use.CORNER;
        }
        if (isHeld(state)) {
            return Use.HELD;
        }
        if ((state.held() & CAPS_LOCK) != 0) {
            return Use.CAPS_LOCK;
        }
        return System.nanoTime() - personAt < quiet.toNanos() ? Use.ACTIVE : Use.FREE;
    }

    private void hear(XEvent event) {
        if (!(event instanceof RawInput input) || announced.remove(input) || ours.test(input)) {
            return;
        }
        personAt = System.nanoTime();
        if (input.type() == RawInput.BUTTON_PRESS && !WHEEL.contains(input.detail())) {
            clickedAt = personAt;
        }
        intruded |= input.type() == RawInput.KEY_PRESS || input.type() == RawInput.BUTTON_PRESS;
    }
}
