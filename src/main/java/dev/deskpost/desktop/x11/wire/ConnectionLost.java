package dev.deskpost.desktop.x11.wire;

import dev.deskpost.desktop.DesktopUnavailable;

/** The connection to the X server broke, or the server did not answer within the limit. The connection is closed. */
public final class ConnectionLost extends DesktopUnavailable {

    private static final long serialVersionUID = 1L;

    ConnectionLost(String reason) {
        super(reason);
    }

    ConnectionLost(String reason, Throwable cause) {
        super(reason, cause);
    }
}
