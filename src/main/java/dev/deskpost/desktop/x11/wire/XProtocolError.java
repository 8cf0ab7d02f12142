package dev.deskpost.desktop.x11.wire;

/** The server refused a request that waited for a reply, most often because a window has vanished meanwhile. */
public final class XProtocolError extends RuntimeException {

    /** The resource in the request is not, or not any more, a window. */
    public static final int BAD_WINDOW = 3;

    /** The resource in the request is neither window nor pixmap. */
    public static final int BAD_DRAWABLE = 9;

    private static final long serialVersionUID = 1L;
    private final int code;

    XProtocolError(int code, int resource, int opcode) {
        super("X error " + code + " for request " + opcode + ", resource 0x" + Integer.toHexString(resource));
        this.code = code;
    }

    /** Whether the cause is a window that does not exist any more. */
    public boolean isWindowGone() {
        return code == BAD_WINDOW || code == BAD_DRAWABLE;
    }
}
