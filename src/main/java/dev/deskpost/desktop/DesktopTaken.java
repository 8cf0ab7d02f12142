package dev.deskpost.desktop;

/**
 * Another program delivers to this desktop. This one stands by: it types nothing, and takes over when the other ends. The
 * message says who the other is.
 */
public final class DesktopTaken extends DesktopUnavailable {

    private static final long serialVersionUID = 1L;

    public DesktopTaken(String reason) {
        super(reason);
    }
}
