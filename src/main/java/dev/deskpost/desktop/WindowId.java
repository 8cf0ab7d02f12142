package dev.deskpost.desktop;

/** What the desktop calls a window: an X11 resource id, or a window handle. It may be given to another window later. */
public record WindowId(long value) {

    @Override
    public String toString() {
        return "0x" + Long.toHexString(value);
    }
}
