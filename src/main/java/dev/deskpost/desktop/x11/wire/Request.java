package dev.deskpost.desktop.x11.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * One request, encoded as the X protocol, Appendix B, lays it out: opcode, one byte of data, the length in units of four
 * bytes, then the fields. Little-endian, padded to four bytes.
 */
final class Request {

    private static final int HEADER = 4;
    private ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);

    private Request(int opcode, int data) {
        bytes.put((byte) opcode).put((byte) data).putShort((short) 0);
    }

    static Request of(int opcode) {
        return new Request(opcode, 0);
    }

    /** A request whose second byte carries data; for an extension that is the minor opcode. */
    static Request of(int opcode, int data) {
        return new Request(opcode, data);
    }

    Request card8(int value) {
        room(1).put((byte) value);
        return this;
    }

    Request card16(int value) {
        room(2).putShort((short) value);
        return this;
    }

    Request card32(int value) {
        room(4).putInt(value);
        return this;
    }

    Request unused(int count) {
        room(count);
        bytes.position(bytes.position() + count);
        return this;
    }

    Request bytes(byte[] value) {
        room(value.length).put(value);
        return this;
    }

    Request latin1(String value) {
        return bytes(value.getBytes(StandardCharsets.ISO_8859_1));
    }

    byte[] encode() {
        int length = (bytes.position() + 3) / 4 * 4;
        room(length - bytes.position());
        byte[] encoded = new byte[length];
        bytes.putShort(2, (short) (length / 4));
        bytes.get(0, encoded, 0, length);
        return encoded;
    }

    private ByteBuffer room(int count) {
        if (bytes.remaining() < count + HEADER) {
            ByteBuffer larger =
                    ByteBuffer.allocate((bytes.capacity() + count) * 2).order(ByteOrder.LITTLE_ENDIAN);
            bytes = larger.put(bytes.flip());
        }
        return bytes;
    }
}
