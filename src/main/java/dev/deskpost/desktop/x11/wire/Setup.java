package dev.deskpost.desktop.x11.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the server says of itself when a connection opens (X protocol, "Connection Setup").
 *
 * @param resourceBase the ids that this client may use start here
 * @param resourceMask the bits that a client chooses; the other bits of any id tell which client owns it
 * @param maxRequestBytes the longest request the server takes
 */
record Setup(
        int resourceBase, int resourceMask, int maxRequestBytes, int minKeycode, int maxKeycode, List<Screen> screens) {

    /** One screen of the server. */
    record Screen(int root, int width, int height) {}

    private static final int PROTOCOL_MAJOR = 11;

    static byte[] request(byte[] cookie) {
        byte[] name = cookie.length == 0 ? new byte[0] : Authority.COOKIE.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer out = ByteBuffer.allocate(12 + padded(name.length) + padded(cookie.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 'l').put((byte) 0).putShort((short) PROTOCOL_MAJOR).putShort((short) 0);
        out.putShort((short) name.length).putShort((short) cookie.length).putShort((short) 0);
        out.put(name).position(12 + padded(name.length));
        out.put(cookie);
        return out.array();
    }

    /** Reads the body of a successful answer, which starts behind the first eight bytes. */
    static Setup parse(byte[] body) {
        Packet in = Packet.of(body);
        int vendorLength = in.card16(16);
        int screenCount = in.card8(20);
        int formatCount = in.card8(21);
        int offset = 32 + padded(vendorLength) + 8 * formatCount;
        List<Screen> screens = new ArrayList<>();
        for (int i = 0; i < screenCount; i++) {
            screens.add(new Screen(in.int32(offset), in.card16(offset + 20), in.card16(offset + 22)));
            int depths = in.card8(offset + 39);
            offset += 40;
            for (int depth = 0; depth < depths; depth++) {
                offset += 8 + 24 * in.card16(offset + 2);
            }
        }
        return new Setup(in.int32(4), in.int32(8), in.card16(18) * 4, in.card8(26), in.card8(27), List.copyOf(screens));
    }

    /** Whether both resources were made by the same client of the server. */
    boolean sameClient(int resource, int other) {
        return (resource & ~resourceMask) == (other & ~resourceMask);
    }

    static int padded(int length) {
        return (length + 3) / 4 * 4;
    }
}
