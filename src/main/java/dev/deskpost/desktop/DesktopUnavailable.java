package dev.deskpost.desktop;

/** The desktop is gone or was never there: no display, no window manager, connection lost. The message says why. */
public class DesktopUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DesktopUnavailable(String reason) {
        super(reason);
    }

    public DesktopUnavailable(String reason, Throwable cause) {
        super(reason, cause);
    }

    /** The reason, for people. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
