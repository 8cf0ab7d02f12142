package dev.deskpost.desktop.x11.wire;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an X server: bytes out, bytes in, and which answer belongs to which request.
 *
 * <p>Used by one thread at a time; only {@link #wake} may be called by others. Requests without a reply are collected and
 * sent with the next one that has a reply, with {@link #flush}, or before waiting for events. Every wait has a limit; a
 * connection that misses one, or that breaks, is closed and says {@link ConnectionLost} from then on. That, and errors
 * that belong to the request that caused them, are why this does not go through Xlib, which ends the process when the
 * server goes (ADR 3).
 */
final class Connection implements AutoCloseable {

    private static final int SETUP_FAILED = 0;
    private static final int SETUP_DONE = 1;
    private static final int OUT_BUFFER = 1 << 16;

    private final SocketChannel channel;
    private final Selector selector;
    private final Duration replyLimit;
    private final Queue<XEvent> events = new ArrayDeque<>();
    private final ByteBuffer in =
            ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN).flip();
    private final ByteBuffer out = ByteBuffer.allocate(OUT_BUFFER);
    private final Setup setup;
    private Consumer<XEvent> observer = event -> {};
    private int sequence;
    private int nextId = 1;

    private Connection(SocketChannel channel, Selector selector, byte[] cookie, Duration replyLimit)
            throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.replyLimit = replyLimit;
        this.setup = greet(cookie);
    }

    /**
     * Opens a connection, trying the keys for that display one after the other.
     *
     * @throws ConnectionLost if no server answers there or it lets us not in; the message says which
     */
    static Connection open(DisplayName display, Authority authority, String localHost, Duration replyLimit) {
        List<byte[]> cookies = authority.cookiesFor(display, localHost);
        String refusal = "";
        for (byte[] cookie : cookies.isEmpty() ? List.of(new byte[0]) : cookies) {
            try {
                return open(display, cookie, replyLimit);
            } catch (IOException e) {
                refusal = String.valueOf(e.getMessage());
            }
        }
        throw new ConnectionLost("cannot connect to display " + display + ": " + refusal);
    }

    private static Connection open(DisplayName display, byte[] cookie, Duration replyLimit) throws IOException {
        SocketChannel channel = display.isLocal()
                ? SocketChannel.open(UnixDomainSocketAddress.of(display.socketPath()))
                : openTcp(display, replyLimit);
        Selector selector = null;
        try {
            selector = Selector.open();
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            return new Connection(channel, selector, cookie, replyLimit);
        } catch (IOException | RuntimeException e) {
            channel.close();
            if (selector != null) {
                selector.close();
            }
            throw e;
        }
    }

    private static SocketChannel openTcp(DisplayName display, Duration limit) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            InetSocketAddress address = new InetSocketAddress(display.host(), display.tcpPort());
            channel.socket().connect(address, Math.toIntExact(limit.toMillis()));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private Setup greet(byte[] cookie) throws IOException {
        Deadline deadline = Deadline.after(replyLimit);
        write(ByteBuffer.wrap(Setup.request(cookie)));
        Packet head = Packet.of(readFully(8, deadline));
        byte[] body = readFully(head.card16(6) * 4, deadline);
        switch (head.card8(0)) {
            case SETUP_DONE -> {
                return Setup.parse(body);
            }
            case SETUP_FAILED ->
                throw new IOException("the server refused: "
                        + new String(body, 0, head.card8(1), StandardCharsets.ISO_8859_1).trim());
            default -> throw new IOException("the server asks for an authentication that Deskpost does not know");
        }
    }

    Setup setup() {
        return setup;
    }

    /** A fresh id for a resource of ours. */
    int newId() {
        return setup.resourceBase() | (nextId++ & setup.resourceMask());
    }

    /** Queues a request that has no reply. Errors of such requests are dropped: they concern windows that vanished. */
    void send(Request request) {
        byte[] bytes = request.encode();
        sequence++;
        try {
            if (bytes.length > out.remaining()) {
                writeOut();
            }
            if (bytes.length > out.capacity()) {
                write(ByteBuffer.wrap(bytes));
            } else {
                out.put(bytes);
            }
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /**
     * Sends a request and waits for its reply.
     *
     * @throws XProtocolError if the server refuses the request
     */
    Packet call(Request request) {
        send(request);
        int awaited = sequence & 0xffff;
        Deadline deadline = Deadline.after(replyLimit);
        try {
            writeOut();
            while (true) {
                Packet packet = readPacket(deadline);
                int type = packet.type();
                if (type == Packet.REPLY && packet.sequence() == awaited) {
                    return packet;
                } else if (type == Packet.ERROR && packet.sequence() == awaited) {
                    throw new XProtocolError(packet.card8(1), packet.int32(4), packet.card8(10));
                } else if (type != Packet.ERROR && type != Packet.REPLY) {
                    arrived(packet);
                }
            }
        } catch (IOException e) {
            throw lost(e);
        }
    }

    void flush() {
        try {
            writeOut();
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** The next event, or empty when the limit is up or {@link #wake} was called. */
    Optional<XEvent> nextEvent(Duration limit) {
        Deadline deadline = Deadline.after(limit);
        try {
            writeOut();
            while (events.isEmpty()) {
                if (buffered() < Packet.SIZE) {
                    // Read what is there before looking at the clock: with no time left this still polls.
                    if (fill() == 0 && !awaitReadable(deadline)) {
                        return Optional.empty();
                    }
                    continue;
                }
                Packet packet = readPacket(Deadline.after(replyLimit));
                if (packet.type() > Packet.REPLY) {
                    arrived(packet);
                }
            }
            return Optional.of(events.remove());
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private void arrived(Packet packet) {
        XEvent event = XEvent.parse(packet.bytes().array());
        observer.accept(event);
        events.add(event);
    }

    /** From now on every event is also told to the observer, in the moment in which it is read from the socket. */
    void observe(Consumer<XEvent> by) {
        observer = by;
    }

    /** Makes a thread that waits in {@link #nextEvent} return. */
    void wake() {
        selector.wakeup();
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            // Nothing depends on it any more.
        }
        try {
            channel.close();
        } catch (IOException e) {
            // The server notices by itself.
        }
    }

    private ConnectionLost lost(IOException cause) {
        close();
        String reason = cause instanceof SocketTimeoutException
                ? "the X server did not answer within " + replyLimit
                : "the connection to the X server broke: " + cause;
        return new ConnectionLost(reason, cause);
    }

    private Packet readPacket(Deadline deadline) throws IOException {
        byte[] head = readFully(Packet.SIZE, deadline);
        Packet packet = Packet.of(head);
        boolean longer = packet.type() == Packet.REPLY || packet.type() == Packet.GENERIC_EVENT;
        int extra = longer ? packet.int32(4) * 4 : 0;
        if (extra == 0) {
            return packet;
        }
        byte[] whole = new byte[Packet.SIZE + extra];
        System.arraycopy(head, 0, whole, 0, Packet.SIZE);
        System.arraycopy(readFully(extra, deadline), 0, whole, Packet.SIZE, extra);
        return Packet.of(whole);
    }

    private byte[] readFully(int count, Deadline deadline) throws IOException {
        byte[] bytes = new byte[count];
        int filled = 0;
        while (filled < count) {
            if (buffered() == 0 && fill() == 0 && !awaitReadable(deadline) && deadline.isOver()) {
                throw new SocketTimeoutException();
            }
            int chunk = Math.min(buffered(), count - filled);
            in.get(bytes, filled, chunk);
            filled += chunk;
        }
        return bytes;
    }

    private int buffered() {
        return in.remaining();
    }

    /** Reads what the socket holds without waiting. */
    private int fill() throws IOException {
        in.compact();
        try {
            int count = channel.read(in);
            if (count < 0) {
                throw new EOFException("closed by the server");
            }
            return count;
        } finally {
            in.flip();
        }
    }

    private boolean awaitReadable(Deadline deadline) throws IOException {
        long millis = deadline.millisLeft();
        int ready = millis <= 0 ? selector.selectNow() : selector.select(millis);
        selector.selectedKeys().clear();
        return ready > 0;
    }

    private void writeOut() throws IOException {
        out.flip();
        try {
            write(out);
        } finally {
            out.clear();
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        Deadline deadline = Deadline.after(replyLimit);
        @Nullable SelectionKey key = channel.keyFor(selector);
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0 && key != null) {
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                awaitReadable(deadline);
                key.interestOps(SelectionKey.OP_READ);
                if (deadline.isOver()) {
                    throw new SocketTimeoutException();
                }
            }
        }
    }

    /** A moment after which a wait is given up. */
    private record Deadline(long nanos) {

        static Deadline after(Duration limit) {
            return new Deadline(System.nanoTime() + limit.toNanos());
        }

        long millisLeft() {
            // Rounded up: a wait of less than a millisecond must not become a spin.
            return (nanos - System.nanoTime() + 999_999) / 1_000_000;
        }

        boolean isOver() {
            return nanos - System.nanoTime() <= 0;
        }
    }
}
