package dev.deskpost.desktop.x11.wire;

import dev.deskpost.desktop.x11.wire.Transport.Deadline;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * One connection to an X server: which answer belongs to which request, and the events between them.
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

    private final Transport transport;
    private final Duration replyLimit;
    private final Queue<XEvent> events = new ArrayDeque<>();
    private final Setup setup;
    private Consumer<XEvent> observer = event -> {};
    private int sequence;
    private int nextId = 1;

    private Connection(Transport transport, Setup setup, Duration replyLimit) {
        this.transport = transport;
        this.setup = setup;
        this.replyLimit = replyLimit;
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
            } catch (SocketTimeoutException e) {
                // Another key would only be waited for, too
                throw new ConnectionLost(
                        "cannot connect to display " + display + ": it did not answer within " + replyLimit, e);
            } catch (IOException e) {
                refusal = String.valueOf(e.getMessage());
            }
        }
        throw new ConnectionLost("cannot connect to display " + display + ": " + refusal);
    }

    private static Connection open(DisplayName display, byte[] cookie, Duration replyLimit) throws IOException {
        Transport transport = Transport.open(display, replyLimit);
        try {
            return new Connection(transport, greet(transport, cookie), replyLimit);
        } catch (IOException | RuntimeException e) {
            transport.close();
            throw e;
        }
    }

    private static Setup greet(Transport transport, byte[] cookie) throws IOException {
        Deadline deadline = transport.deadline();
        transport.send(Setup.request(cookie));
        transport.flush();
        Packet head = Packet.of(transport.read(8, deadline));
        byte[] body = transport.read(head.card16(6) * 4, deadline);
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
            transport.send(bytes);
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
        Deadline deadline = transport.deadline();
        try {
            transport.flush();
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
            transport.flush();
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** The next event, or empty when the limit is up or {@link #wake} was called. */
    Optional<XEvent> nextEvent(Duration limit) {
        Deadline deadline = Deadline.after(limit);
        try {
            transport.flush();
            while (events.isEmpty()) {
                if (!transport.awaitBytes(Packet.SIZE, deadline)) {
                    return Optional.empty();
                }
                Packet packet = readPacket(transport.deadline());
                if (packet.type() > Packet.REPLY) {
                    arrived(packet);
                }
            }
            return Optional.of(events.remove());
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private Packet readPacket(Deadline deadline) throws IOException {
        byte[] head = transport.read(Packet.SIZE, deadline);
        Packet packet = Packet.of(head);
        boolean longer = packet.type() == Packet.REPLY || packet.type() == Packet.GENERIC_EVENT;
        int extra = longer ? packet.int32(4) * 4 : 0;
        if (extra == 0) {
            return packet;
        }
        byte[] whole = new byte[Packet.SIZE + extra];
        System.arraycopy(head, 0, whole, 0, Packet.SIZE);
        System.arraycopy(transport.read(extra, deadline), 0, whole, Packet.SIZE, extra);
        return Packet.of(whole);
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
        transport.wake();
    }

    boolean isOpen() {
        return transport.isOpen();
    }

    @Override
    public void close() {
        transport.close();
    }

    private ConnectionLost lost(IOException cause) {
        close();
        String reason = cause instanceof SocketTimeoutException
                ? "the X server did not answer within " + replyLimit
                : "the connection to the X server broke: " + cause;
        return new ConnectionLost(reason, cause);
    }
}
