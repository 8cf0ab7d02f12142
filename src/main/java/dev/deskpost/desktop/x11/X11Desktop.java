package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.Desktop;
import dev.deskpost.desktop.DesktopLock;
import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.DesktopStatus;
import dev.deskpost.desktop.DesktopTaken;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.LockFigures;
import dev.deskpost.desktop.Pointer;
import dev.deskpost.desktop.Typist;
import dev.deskpost.desktop.Window;
import dev.deskpost.desktop.x11.wire.Authority;
import dev.deskpost.desktop.x11.wire.ConnectionLost;
import dev.deskpost.desktop.x11.wire.DisplayName;
import dev.deskpost.desktop.x11.wire.XServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A desktop on an X server with a window manager that keeps to EWMH.
 *
 * <p>The server may come and go while the service runs: every session starts with a look whether the link is alive, and
 * makes a new one if not. Guaranteed by one server grab for check and keys: no key and no click into another window. What
 * remains stands in docs/desktop.md: toolkits that pass keys on to a sibling, and keys that a program has for itself.
 *
 * <p>One process at a time delivers to a display: the link holds a {@link DisplayClaim}, and who does not get it stands by.
 *
 * <p>XWayland is refused: there a window of another program can have the focus without the X server knowing it.
 */
public final class X11Desktop implements Desktop, AutoCloseable {

    static final String NO_WINDOW_MANAGER =
            "no window manager runs on this display, and without one no window can be brought to the front: start one, for"
                    + " example openbox";

    private static final Logger log = LoggerFactory.getLogger(X11Desktop.class);
    private static final String KIND = "x11";

    private final X11Settings settings;
    private final Supplier<Hands> hands;
    private final DesktopLock lock = new DesktopLock();
    private final DisplayClaim claim;
    private final Lookout lookout;
    private final WindowList windowList;
    private @Nullable X11Link link;

    /**
     * Why the last try to open a link failed although nothing is to be seen of it from outside, such as a Java without
     * graphics, or another Deskpost that has locked the display's file and not got further yet.
     */
    private volatile @Nullable DesktopUnavailable linkFailure;

    private X11Desktop(Supplier<Hands> hands, X11Settings settings, LockDirectory lockDirectory) {
        this.settings = settings;
        this.hands = hands;
        this.claim = new DisplayClaim(lockDirectory);
        this.lookout = new Lookout(KIND, settings.display(), this::connect, claim);
        this.windowList = new WindowList(this::connect);
    }

    /** Keys are pressed in one step with their check. */
    public X11Desktop(X11Settings settings, Supplier<? extends Pointer> pointers) {
        this(settings, pointers, LockDirectory.of(System.getenv()));
    }

    X11Desktop(X11Settings settings, Supplier<? extends Pointer> pointers, LockDirectory lockDirectory) {
        this(() -> new Hands(pointers.get(), Optional.empty()), settings, lockDirectory);
    }

    /** Keys are pressed by the robot: checked before and after, which is less. */
    public static <R extends Pointer & Typist> X11Desktop withRobotKeys(X11Settings settings, Supplier<R> robots) {
        return new X11Desktop(
                () -> {
                    R robot = robots.get();
                    return new Hands(robot, Optional.of(robot));
                },
                settings,
                LockDirectory.of(System.getenv()));
    }

    @Override
    public DesktopStatus status() {
        DesktopUnavailable failure = linkFailure;
        DesktopStatus seen = lookout.status();
        return seen.available() && failure != null
                ? DesktopStatus.unavailable(KIND, settings.display(), failure)
                : seen;
    }

    @Override
    public LockFigures lockFigures() {
        return lock.figures();
    }

    @Override
    public List<Window> windows() {
        return windowList.windows();
    }

    @Override
    public Optional<DesktopSession> acquire(Duration patience) {
        if (!lock.acquire(patience)) {
            return Optional.empty();
        }
        boolean handedOut = false;
        try {
            X11Link alive = aliveLink();
            alive.requireWindowManager();
            Optional<DesktopSession> session = Optional.of(new X11Session(alive, lock));
            handedOut = true;
            return session;
        } finally {
            // After an error as well: whoever survives that must not hold the lock for ever.
            if (!handedOut) {
                lock.release();
            }
        }
    }

    @Override
    public boolean isAwaited() {
        return lock.isAwaited();
    }

    /** Ends the link, when nobody delivers any more. The display is free for another then. */
    @Override
    public void close() {
        lookout.close();
        if (lock.acquire(settings.replyLimit())) {
            try {
                drop();
            } finally {
                lock.release();
            }
        }
    }

    private X11Link aliveLink() {
        X11Link present = link;
        if (present == null || !present.isAlive()) {
            drop();
            DesktopStatus status = lookout.status();
            if (!status.available()) {
                String reason = String.valueOf(status.reason());
                throw status.standby() ? new DesktopTaken(reason) : new DesktopUnavailable(reason);
            }
        }
        try {
            X11Link alive = link == null ? open() : link;
            alive.mend();
            linkFailure = null;
            return alive;
        } catch (DesktopUnavailable e) {
            linkFailure = e;
            throw e;
        }
    }

    private X11Link open() {
        X11Link fresh = X11Link.open(settings, claim, this::connect, hands);
        link = fresh;
        log.info("Opened display {}", settings.display());
        return fresh;
    }

    private void drop() {
        if (link != null) {
            link.close();
            link = null;
        }
    }

    private XServer connect() {
        String display = settings.display();
        if (display == null || display.isBlank()) {
            throw new DesktopUnavailable(
                    settings.waylandDisplay() == null
                            ? "DISPLAY is not set: start Deskpost inside the desktop session, or set DISPLAY to its display"
                            : "this is a Wayland session without X11, where no program may type into another's window: log in to"
                                    + " an X11 session, or set DISPLAY to a virtual display (Xvfb, Xvnc)");
        }
        try {
            return XServer.connect(
                    DisplayName.parse(display), Authority.read(settings.authority()), settings.replyLimit());
        } catch (IllegalArgumentException e) {
            throw new DesktopUnavailable("DISPLAY is wrong: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new DesktopUnavailable(
                    "cannot read the keys to the display in " + settings.authority() + ": " + e, e);
        } catch (ConnectionLost e) {
            throw new DesktopUnavailable(
                    e.reason() + ". Is the desktop running, and may this user use it (XAUTHORITY)?", e);
        }
    }
}
