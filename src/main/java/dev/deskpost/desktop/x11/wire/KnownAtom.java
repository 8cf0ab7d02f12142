package dev.deskpost.desktop.x11.wire;

/** The atoms that every server knows (X protocol, Appendix A), as far as they are used. */
public final class KnownAtom {

    public static final int PRIMARY = 1;
    public static final int ATOM = 4;
    public static final int CARDINAL = 6;
    public static final int INTEGER = 19;
    public static final int STRING = 31;
    public static final int WINDOW = 33;
    public static final int WM_HINTS = 35;
    public static final int WM_CLIENT_MACHINE = 36;
    public static final int WM_NAME = 39;
    public static final int WM_CLASS = 67;

    private KnownAtom() {}
}
