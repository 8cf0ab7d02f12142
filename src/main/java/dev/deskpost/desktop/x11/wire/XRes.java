package dev.deskpost.desktop.x11.wire;

import java.util.OptionalInt;
import java.util.OptionalLong;

/** Tells the process behind a window (X-Resource extension 1.2, QueryClientIds). Known to the server, not to be faked. */
public final class XRes {

    private static final int QUERY_CLIENT_IDS = 4;
    private static final int LOCAL_CLIENT_PID = 2;

    private final XServer server;
    private final OptionalInt opcode;

    public XRes(XServer server) {
        this.server = server;
        this.opcode = server.extension("X-Resource");
    }

    /** The process id of the client that made the resource; empty if it is on another machine or nobody knows. */
    public OptionalLong pid(int resource) {
        if (opcode.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            Packet reply = server.call(Request.of(opcode.getAsInt(), QUERY_CLIENT_IDS)
                    .card32(1)
                    .card32(resource)
                    .card32(LOCAL_CLIENT_PID));
            int offset = Packet.SIZE;
            for (int i = 0; i < reply.int32(8); i++) {
                int length = reply.int32(offset + 8);
                if (reply.int32(offset + 4) == LOCAL_CLIENT_PID && length >= 4) {
                    return OptionalLong.of(Integer.toUnsignedLong(reply.int32(offset + 12)));
                }
                offset += 12 + length;
            }
            return OptionalLong.empty();
        } catch (XProtocolError olderThanThat) {
            return OptionalLong.empty();
        }
    }
}
