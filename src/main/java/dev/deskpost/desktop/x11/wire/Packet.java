package dev.deskpost.desktop.x11.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Bytes that came from the server, little-endian: a reply, an event or an error of 32 bytes, or a reply with more behind
 * them. Offsets count from the first byte, as the tables of the X protocol (Appendix B) do.
 */
record Packet(ByteBuffer bytes) {

    static final int SIZE = 32;
    static final int ERROR = 0;
    static final int REPLY = 1;
    static final int GENERIC_EVENT = 35;
    private static final int SENT_BY_CLIENT = 0x80;

    static Packet of(byte[] bytes) {
        return new Packet(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** 0 for an error, 1 for a reply, otherwise the number of the event. */
    int type() {
        return card8(0) & ~SENT_BY_CLIENT;
    }

    /** The low 16 bits of the number of the request that this answers, or that was processed last. */
    int sequence() {
        return card16(2);
    }

    int card8(int offset) {
        return Byte.toUnsignedInt(bytes.get(offset));
    }

    int card16(int offset) {
        return Short.toUnsignedInt(bytes.getShort(offset));
    }

    int int16(int offset) {
        return bytes.getShort(offset);
    }

    int int32(int offset) {
        return bytes.getInt(offset);
    }

    byte[] slice(int offset, int length) {
        byte[] slice = new byte[length];
        bytes.get(offset, slice);
        return slice;
    }

    String latin1(int offset, int length) {
        return new String(slice(offset, length), StandardCharsets.ISO_8859_1);
    }
}
