package dev.deskpost.desktop;

/**
 * The desktop in the hands of one holder. Without an open session there is no clipboard, keyboard or window to call, so
 * forgetting the lock cannot compile. A closed session refuses every call with {@link IllegalStateException}.
 */
public interface DesktopSession extends AutoCloseable {

    Windows windows();

    GuardedClipboard clipboard();

    Input input();

    Presence presence();

    /** Puts back what it found (focus, pointer, clipboard), as far as nobody has changed it since. Never throws. */
    @Override
    void close();
}
