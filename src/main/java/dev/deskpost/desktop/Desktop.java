package dev.deskpost.desktop;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One graphical session and its global lock: whoever holds the session is the only one that types.
 *
 * <p>Safe for use by several threads.
 */
public interface Desktop {

    /** Whether the desktop can be used at this moment, and if not, why. Never throws and does not need the lock. */
    DesktopStatus status();

    /** The windows at this moment, to look at. Does not need the lock. */
    List<Window> windows() throws DesktopUnavailable;

    /**
     * Takes the desktop.
     *
     * @param patience how long to wait for another holder
     * @return empty if it is still held by another, or if the thread was interrupted (its flag stays set)
     * @throws DesktopTaken if another program delivers to it
     * @throws DesktopUnavailable if there is no desktop to take
     */
    Optional<DesktopSession> acquire(Duration patience) throws DesktopUnavailable;

    /** Whether somebody is waiting for the desktop: who holds it for several things in a row lets them in between. */
    boolean isAwaited();

    /** What was measured at the lock so far. */
    LockFigures lockFigures();
}
