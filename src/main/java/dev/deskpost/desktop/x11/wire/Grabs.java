package dev.deskpost.desktop.x11.wire;

/**
 * Tells whether another client has grabbed the keyboard or the pointer, as open menus and screen lockers do. Then that
 * client gets the input, whichever window has the focus.
 *
 * <p>The protocol has no question for that, but a grab that is refused says why. Asked for here is a grab on a window that
 * is not on the screen, which is never granted: the X.Org server answers {@code AlreadyGrabbed} before it looks at the
 * window, and {@code GrabNotViewable} if nobody else has it. So nothing changes, and no program sees the focus events that
 * a real grab brings with it.
 */
public final class Grabs {

    private static final int GRAB_POINTER = 26;
    private static final int UNGRAB_POINTER = 27;
    private static final int GRAB_KEYBOARD = 31;
    private static final int UNGRAB_KEYBOARD = 32;

    private static final int SUCCESS = 0;
    private static final int NOT_VIEWABLE = 3;

    private static final int ASYNCHRONOUS = 1;

    private final XServer server;
    private final int unmapped;

    /** @param unmapped a window of ours that is not mapped */
    public Grabs(XServer server, int unmapped) {
        this.server = server;
        this.unmapped = unmapped;
    }

    public boolean keyboardIsTaken() {
        Request request = Request.of(GRAB_KEYBOARD)
                .card32(unmapped)
                .card32(0)
                .card8(ASYNCHRONOUS)
                .card8(ASYNCHRONOUS);
        return isTaken(request.unused(2), UNGRAB_KEYBOARD);
    }

    public boolean pointerIsTaken() {
        Request request = Request.of(GRAB_POINTER)
                .card32(unmapped)
                .card16(0)
                .card8(ASYNCHRONOUS)
                .card8(ASYNCHRONOUS);
        return isTaken(request.unused(12), UNGRAB_POINTER);
    }

    private boolean isTaken(Request grab, int ungrab) {
        int status = server.call(grab).card8(1);
        if (status == SUCCESS) {
            // Another server may see it differently and grant it
            server.send(Request.of(ungrab).card32(0));
        }
        return status != SUCCESS && status != NOT_VIEWABLE;
    }
}
