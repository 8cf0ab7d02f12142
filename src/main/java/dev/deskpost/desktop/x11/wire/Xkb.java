package dev.deskpost.desktop.x11.wire;

/**
 * The keyboard as the server knows it (X Keyboard Extension 1.0, Appendix D): its layouts, here called groups as there,
 * which of them counts now, and what the keys mean in each. The core protocol shows only the first two groups, mixed with
 * shift levels, and not which one counts.
 */
public final class Xkb {

    private static final int USE_EXTENSION = 0;
    private static final int GET_STATE = 4;
    private static final int LATCH_LOCK_STATE = 5;
    private static final int GET_MAP = 8;

    private static final int GET_GEOMETRY = 19;
    private static final int SET_GEOMETRY = 20;
    private static final int CHANGE_KEYBOARD_MAPPING = 100;

    private static final int CORE_KEYBOARD = 0x100;
    private static final int KEY_SYMS = 1 << 1;

    private final XServer server;
    private final int opcode;

    /** @throws ConnectionLost if the server does not have the extension: nobody could say what a key means there */
    public Xkb(XServer server) {
        this.server = server;
        this.opcode = server.extension("XKEYBOARD")
                .orElseThrow(() -> new ConnectionLost(
                        "the X server has no XKEYBOARD extension: what its keys mean cannot be known"));
        if (server.call(Request.of(opcode, USE_EXTENSION).card16(1).card16(0)).card8(1) == 0) {
            throw new ConnectionLost("the X server does not speak XKEYBOARD 1.0");
        }
    }

    /**
     * What of the keyboard is in effect.
     *
     * @param held the modifiers (SETofKEYMASK) that held or latched keys set; not the locked ones
     * @param groupHeld whether a held or latched key chooses another group for a while
     * @param group the group that counts for the next key, from 0
     */
    public record State(int held, boolean groupHeld, int group) {}

    public State state() {
        Packet reply = server.call(Request.of(opcode, GET_STATE).card16(CORE_KEYBOARD));
        boolean groupHeld = reply.int16(14) != 0 || reply.int16(16) != 0;
        return new State(reply.card8(9) | reply.card8(10), groupHeld, reply.card8(12));
    }

    /** Makes a group the one that counts, for everybody and until somebody locks another. */
    public void lockGroup(int group) {
        server.send(Request.of(opcode, LATCH_LOCK_STATE)
                .card16(CORE_KEYBOARD)
                .card8(0)
                .card8(0)
                .card8(1)
                .card8(group)
                .card8(0)
                .unused(2)
                .card8(0)
                .card16(0));
    }

    /** That of the keyboard used last, which is what programs go by. */
    public Keymap keymap() {
        return keymap(CORE_KEYBOARD);
    }

    /**
     * That of one of the keyboards behind it.
     *
     * @param keyboard as {@link XInput2#keyboards} names it
     */
    public Keymap keymap(int keyboard) {
        return new Keymap(server.call(Request.of(opcode, GET_MAP)
                .card16(keyboard)
                .card16(KEY_SYMS)
                .card16(0)
                .unused(18)));
    }

    /**
     * Puts these keysyms on a key of every keyboard in place of all that it had; 0 empties it. Every client hears of it
     * before it gets a key that is pressed later.
     */
    public void changeKey(int keycode, int... keysyms) {
        Request request = Request.of(CHANGE_KEYBOARD_MAPPING, 1)
                .card8(keycode)
                .card8(keysyms.length)
                .card16(0);
        for (int keysym : keysyms) {
            request.card32(keysym);
        }
        server.send(request);
    }

    /**
     * Makes every client read the keymap anew, after {@link #changeKey}. Chromium listens only for a new keyboard, not for
     * changes of the present one. The server says "new keyboard" when its geometry (the drawing of it) is set: it is set
     * to what it was.
     */
    public void announceKeyboard() {
        Packet now = server.call(
                Request.of(opcode, GET_GEOMETRY).card16(CORE_KEYBOARD).card16(0).card32(0));
        boolean found = now.card8(12) == 1;
        if (!found) {
            return;
        }
        server.send(Request.of(opcode, SET_GEOMETRY)
                .card16(CORE_KEYBOARD)
                .card8(now.card16(22))
                .card8(now.card16(24))
                .card32(now.int32(8))
                .card16(now.card16(14))
                .card16(now.card16(16))
                .card16(now.card16(18))
                .card16(now.card16(20))
                .card16(now.card16(26))
                .card16(now.card16(28))
                .card8(now.card8(30))
                .card8(now.card8(31))
                .unused(2)
                .bytes(now.slice(Packet.SIZE, 4 * now.int32(4))));
    }
}
