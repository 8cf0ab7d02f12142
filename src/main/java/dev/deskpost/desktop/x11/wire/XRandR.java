package dev.deskpost.desktop.x11.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The monitors that make up the screen (RandR extension 1.5, RRGetMonitors). */
public final class XRandR {

    private static final int QUERY_VERSION = 0;
    private static final int GET_MONITORS = 42;
    private static final int MONITOR_INFO = 24;

    private final XServer server;
    private final OptionalInt opcode;

    public XRandR(XServer server) {
        this.server = server;
        this.opcode = server.extension("RANDR");
    }

    /** The names of the active monitors; none if the server does not tell. */
    public List<String> monitorNames() {
        if (opcode.isEmpty()) {
            return List.of();
        }
        try {
            server.call(Request.of(opcode.getAsInt(), QUERY_VERSION).card32(1).card32(5));
            Packet reply = server.call(Request.of(opcode.getAsInt(), GET_MONITORS)
                    .card32(server.root())
                    .card8(1));
            List<String> names = new ArrayList<>();
            int offset = Packet.SIZE;
            for (int i = 0; i < reply.int32(12); i++) {
                names.add(server.atomName(reply.int32(offset)));
                offset += MONITOR_INFO + 4 * reply.card16(offset + 6);
            }
            return names;
        } catch (XProtocolError olderThanThat) {
            return List.of();
        }
    }
}
