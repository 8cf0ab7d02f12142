package dev.deskpost.desktop.x11.wire;

/** An event, as far as Deskpost reads them; every other one is {@link Other}, which still says that something happened. */
public sealed interface XEvent {

    /**
     * Somebody wants the selection that we own converted (ICCCM 2.2).
     *
     * @param property 0 if an obsolete client asks
     */
    record SelectionRequest(int time, int owner, int requestor, int selection, int target, int property)
            implements XEvent {}

    /** Somebody else owns the selection now. */
    record SelectionClear(int time, int owner, int selection) implements XEvent {}

    /** The answer to a conversion that we asked for; property 0 means refused. */
    record SelectionNotify(int time, int requestor, int selection, int target, int property) implements XEvent {}

    /** A property has changed or was deleted. */
    record PropertyNotify(int window, int atom, int time, boolean deleted) implements XEvent {}

    /** A key was pressed while the window, or one inside, had the focus. */
    record KeyPress(int time, int window) implements XEvent {}

    /** A window is shown now. */
    record MapNotify(int window) implements XEvent {}

    /** A window does not exist any more. */
    record DestroyNotify(int window) implements XEvent {}

    /**
     * A key, a button or the pointer was moved, whichever window gets it (XInput 2.2). Extensions number their events
     * themselves; Deskpost asks for no other generic ones.
     *
     * @param type one of the constants
     * @param detail keycode or button; 0 for motion
     */
    record RawInput(int type, int detail) implements XEvent {

        public static final int KEY_PRESS = 13;
        public static final int KEY_RELEASE = 14;
        public static final int BUTTON_PRESS = 15;
        public static final int BUTTON_RELEASE = 16;
        public static final int MOTION = 17;
    }

    /**
     * An event of an extension, which the extension reads: its second to fourth word.
     *
     * @param type as the server has numbered it
     */
    record OfExtension(int type, int first, int second, int third) implements XEvent {}

    /** Any other event. */
    record Other(int type) implements XEvent {}

    /** The core protocol leaves the numbers from here on to extensions. */
    int FIRST_OF_EXTENSIONS = 64;

    /** Reads an event; the numbers are those of the X protocol, Appendix B. */
    static XEvent parse(byte[] bytes) {
        Packet in = Packet.of(bytes);
        return switch (in.type()) {
            case 2 -> new KeyPress(in.int32(4), in.int32(12));
            case 17 -> new DestroyNotify(in.int32(8));
            case 19 -> new MapNotify(in.int32(8));
            case 28 -> new PropertyNotify(in.int32(4), in.int32(8), in.int32(12), in.card8(16) == 1);
            case 29 -> new SelectionClear(in.int32(4), in.int32(8), in.int32(12));
            case 30 ->
                new SelectionRequest(in.int32(4), in.int32(8), in.int32(12), in.int32(16), in.int32(20), in.int32(24));
            case 31 -> new SelectionNotify(in.int32(4), in.int32(8), in.int32(12), in.int32(16), in.int32(20));
            case Packet.GENERIC_EVENT -> new RawInput(in.card16(8), in.int32(16));
            default ->
                in.type() >= FIRST_OF_EXTENSIONS
                        ? new OfExtension(in.type(), in.int32(4), in.int32(8), in.int32(12))
                        : new Other(in.type());
        };
    }
}
