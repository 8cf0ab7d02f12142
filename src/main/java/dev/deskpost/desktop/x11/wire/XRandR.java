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

    /** One active monitor: its place on the screen in pixels, and whether it is the primary one. */
    public record MonitorInfo(String name, boolean primary, int x, int y, int width, int height) {}

    /** The names of the active monitors; none if the server does not tell. */
    public List<String> monitorNames() {
        return all().stream().map(MonitorInfo::name).toList();
    }

    /** The active monitors; none if the server does not tell. */
    public List<MonitorInfo> all() {
        if (opcode.isEmpty()) {
            return List.of();
        }
        try {
            server.call(Request.of(opcode.getAsInt(), QUERY_VERSION).card32(1).card32(5));
            Packet reply = server.call(Request.of(opcode.getAsInt(), GET_MONITORS)
                    .card32(server.root())
                    .card8(1));
            List<MonitorInfo> monitors = new ArrayList<>();
            int offset = Packet.SIZE;
            for (int i = 0; i < reply.int32(12); i++) {
                monitors.add(new MonitorInfo(
                        server.atomName(reply.int32(offset)),
                        reply.card8(offset + 4) != 0,
                        reply.int16(offset + 8),
                        reply.int16(offset + 10),
                        reply.card16(offset + 12),
                        reply.card16(offset + 14)));
                offset += MONITOR_INFO + 4 * reply.card16(offset + 6);
            }
            return monitors;
        } catch (XProtocolError olderThanThat) {
            return List.of();
        }
    }
}
