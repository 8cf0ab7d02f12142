package dev.deskpost.desktop.x11.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Tells which keyboards there are, and of every key, button and motion, whatever window gets it (X Input extension 2.2).
 * Raw events come for real devices and for XTEST alike, and in spite of grabs.
 */
public final class XInput2 {

    private static final int SELECT_EVENTS = 46;
    private static final int QUERY_VERSION = 47;
    private static final int QUERY_DEVICE = 48;
    private static final int ALL_DEVICES = 0;
    private static final int ALL_MASTER_DEVICES = 1;
    private static final int SLAVE_KEYBOARD = 4;
    private static final int DEVICE = 12;

    private final XServer server;
    private final int opcode;

    private XInput2(XServer server, int opcode) {
        this.server = server;
        this.opcode = opcode;
    }

    /** Whether the server has the extension in the version that tells of raw events during grabs, too. */
    public static boolean isOn(XServer server) {
        OptionalInt opcode = server.extension("XInputExtension");
        if (opcode.isEmpty()) {
            return false;
        }
        try {
            Packet version = server.call(
                    Request.of(opcode.getAsInt(), QUERY_VERSION).card16(2).card16(2));
            return version.card16(8) > 2 || (version.card16(8) == 2 && version.card16(10) >= 2);
        } catch (XProtocolError olderThanThat) {
            return false;
        }
    }

    /** To be called only where {@link #isOn}. */
    public static XInput2 of(XServer server) {
        return new XInput2(server, server.extension("XInputExtension").orElseThrow());
    }

    /** The keyboards behind those that programs see: the person's, XTEST's, and whatever else has keys. */
    public List<Integer> keyboards() {
        Packet reply =
                server.call(Request.of(opcode, QUERY_DEVICE).card16(ALL_DEVICES).unused(2));
        List<Integer> keyboards = new ArrayList<>();
        int offset = Packet.SIZE;
        for (int i = 0; i < reply.card16(8); i++) {
            if (reply.card16(offset + 2) == SLAVE_KEYBOARD) {
                keyboards.add(reply.card16(offset));
            }
            int classes = reply.card16(offset + 6);
            offset += DEVICE + Setup.padded(reply.card16(offset + 8));
            for (int j = 0; j < classes; j++) {
                offset += 4 * reply.card16(offset + 2);
            }
        }
        return keyboards;
    }

    /** From now on this connection gets {@link XEvent.RawInput}, or none any more. */
    public void selectRaw(boolean on) {
        int raw = 0;
        for (int type = XEvent.RawInput.KEY_PRESS; on && type <= XEvent.RawInput.MOTION; type++) {
            raw |= 1 << type;
        }
        server.send(Request.of(opcode, SELECT_EVENTS)
                .card32(server.root())
                .card16(1)
                .unused(2)
                .card16(ALL_MASTER_DEVICES)
                .card16(1)
                .card32(raw));
    }
}
