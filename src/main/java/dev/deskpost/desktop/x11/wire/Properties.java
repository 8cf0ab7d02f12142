package dev.deskpost.desktop.x11.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The requests about properties: what windows say of themselves, and how clients hand each other data. */
public final class Properties {

    private final XServer server;

    Properties(XServer server) {
        this.server = server;
    }

    /**
     * A property's value.
     *
     * @param type 0 if there is no such property
     * @param format bits of an item: 8, 16 or 32
     */
    @SuppressWarnings("ArrayRecordComponent") // Read once, compared never.
    public record Property(int type, int format, byte[] value) {}

    /** Reads a property of any type from its start, up to {@code maxBytes} rounded up to four. */
    public Property read(int window, int property, int maxBytes) {
        return read(window, property, maxBytes, false);
    }

    /** Reads a property and, if all of it was read, deletes it. */
    public Property take(int window, int property, int maxBytes) {
        return read(window, property, maxBytes, true);
    }

    private Property read(int window, int property, int maxBytes, boolean delete) {
        Packet reply = server.call(Request.of(20, delete ? 1 : 0)
                .card32(window)
                .card32(property)
                .card32(0)
                .card32(0)
                .card32((maxBytes + 3) / 4));
        int format = reply.card8(1);
        int length = reply.int32(16) * (format / 8);
        return new Property(reply.int32(8), format, reply.slice(Packet.SIZE, length));
    }

    /** Replaces a property with items of 8, 16 or 32 bits; the bytes are little-endian and whole items. */
    public void set(int window, int property, int type, int itemBits, byte[] value) {
        change(window, property, type, itemBits, value.length / (itemBits / 8), value, 0);
    }

    /** Replaces a property with items of 32 bits. */
    public void set(int window, int property, int type, int... items) {
        ByteBuffer value = ByteBuffer.allocate(items.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        value.asIntBuffer().put(items);
        change(window, property, type, 32, items.length, value.array(), 0);
    }

    /** Appends nothing to a property: its owner gets an event with the server's time, as ICCCM 2.1 recommends. */
    public void touch(int window, int property) {
        change(window, property, KnownAtom.STRING, 8, 0, new byte[0], 2);
    }

    private void change(int window, int property, int type, int format, int items, byte[] value, int mode) {
        server.send(Request.of(18, mode)
                .card32(window)
                .card32(property)
                .card32(type)
                .card8(format)
                .unused(3)
                .card32(items)
                .bytes(value));
    }

    public void delete(int window, int property) {
        server.send(Request.of(19).card32(window).card32(property));
    }
}
