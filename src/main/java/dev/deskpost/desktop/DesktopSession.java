package dev.deskpost.desktop;

import java.time.Duration;

/**
 * The desktop in the hands of one holder. Without an open session there is no clipboard, keyboard or window to call, so
 * forgetting the lock cannot compile. A closed session refuses every call with {@link IllegalStateException}.
 */
public interface DesktopSession extends AutoCloseable {

    Windows windows();

    GuardedClipboard clipboard();

    Input input();

    /**
     * Measures how quick this desktop is, on a small window of our own that is shown for a moment and given the focus; then
     * the window that had the focus gets it back. The person's clipboard is not touched.
     *
     * @param limit how long each step may take
     */
    Calibration calibrate(Duration limit);

    Presence presence();

    /** Puts back what it found (focus, pointer, clipboard), as far as nobody has changed it since. Never throws. */
    @Override
    void close();
}
