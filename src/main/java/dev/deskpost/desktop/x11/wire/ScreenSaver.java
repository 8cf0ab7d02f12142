package dev.deskpost.desktop.x11.wire;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Tells since when nobody has touched keyboard or mouse (MIT-SCREEN-SAVER extension 1.1, QueryInfo). */
public final class ScreenSaver {

    private static final int QUERY_INFO = 1;

    private final XServer server;
    private final OptionalInt opcode;

    public ScreenSaver(XServer server) {
        this.server = server;
        this.opcode = server.extension("MIT-SCREEN-SAVER");
    }

    /** The time since the last input of any kind, XTEST's included; empty if the server does not tell. */
    public Optional<Duration> idle() {
        if (opcode.isEmpty()) {
            return Optional.empty();
        }
        Packet reply = server.call(Request.of(opcode.getAsInt(), QUERY_INFO).card32(server.root()));
        return Optional.of(Duration.ofMillis(Integer.toUnsignedLong(reply.int32(16))));
    }
}
