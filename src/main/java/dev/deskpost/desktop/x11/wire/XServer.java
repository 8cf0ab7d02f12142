package dev.deskpost.desktop.x11.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * An X server as a client sees it: the requests of the core protocol (X protocol, Appendix B) that Deskpost needs, each
 * a method, here and in {@link Properties} and {@link Selections}. Windows, atoms and properties are the protocol's 32-bit
 * ids.
 *
 * <p>One connection, for one thread at a time; {@link #wake} is the exception. Requests that ask something throw
 * {@link XProtocolError} when the server refuses them and {@link ConnectionLost} when it is gone. Requests that only tell
 * something are sent with the next question, {@link #flush} or {@link #nextEvent}.
 */
public final class XServer implements AutoCloseable {

    public static final int NONE = 0;

    private static final int INPUT_ONLY = 2;
    private static final int INPUT_OUTPUT = 1;
    private static final int CW_BACK_PIXEL = 1 << 1;
    private static final int CW_EVENT_MASK = 1 << 11;
    private static final int CLIENT_MESSAGE = 33;

    private final DisplayName display;
    private final Connection connection;
    private final Properties properties = new Properties(this);
    private final Selections selections = new Selections(this);

    private XServer(DisplayName display, Connection connection) {
        this.display = display;
        this.connection = connection;
    }

    /**
     * Opens a connection.
     *
     * @param replyLimit how long the server may take for one answer
     * @throws ConnectionLost if there is no server, it lets us not in, or it has no such screen
     */
    public static XServer connect(DisplayName display, Authority authority, Duration replyLimit) {
        Connection connection = Connection.open(display, authority, Authority.localHost(), replyLimit);
        if (display.screen() >= connection.setup().screens().size()) {
            connection.close();
            throw new ConnectionLost("display " + display + " has no screen " + display.screen());
        }
        return new XServer(display, connection);
    }

    public DisplayName display() {
        return display;
    }

    public int root() {
        return connection.setup().screens().get(display.screen()).root();
    }

    public int maxRequestBytes() {
        return connection.setup().maxRequestBytes();
    }

    int minKeycode() {
        return connection.setup().minKeycode();
    }

    /** Whether both resources belong to the same client of the server, which the high bits of their ids tell. */
    public boolean sameClient(int resource, int other) {
        return connection.setup().sameClient(resource, other);
    }

    public boolean isOpen() {
        return connection.isOpen();
    }

    /** The requests about properties of windows. */
    public Properties properties() {
        return properties;
    }

    /** The requests about selections. */
    public Selections selections() {
        return selections;
    }

    // Windows

    /** The children of a window, bottom to top, and its parent. */
    public record Tree(int parent, List<Integer> children) {}

    public Tree queryTree(int window) {
        Packet reply = connection.call(Request.of(15).card32(window));
        int count = reply.card16(16);
        List<Integer> children = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            children.add(reply.int32(Packet.SIZE + 4 * i));
        }
        return new Tree(reply.int32(12), children);
    }

    /** Position relative to the parent, and size, in pixels. */
    public record Geometry(int x, int y, int width, int height) {}

    public Geometry geometry(int window) {
        Packet reply = connection.call(Request.of(14).card32(window));
        return new Geometry(reply.int16(12), reply.int16(14), reply.card16(16), reply.card16(18));
    }

    /** Where a point of one window lies in another, and which child of that other is topmost there (0: none). */
    public record Translation(int x, int y, int child) {}

    public Translation translate(int from, int to, int x, int y) {
        Packet reply =
                connection.call(Request.of(40).card32(from).card32(to).card16(x).card16(y));
        return new Translation(reply.int16(12), reply.int16(14), reply.int32(8));
    }

    /** A window that is never seen: for properties, selections and timestamps. */
    public int createInputOnlyWindow(int eventMask) {
        return createWindow(INPUT_ONLY, -1, -1, 1, 1, CW_EVENT_MASK, eventMask);
    }

    /** A top-level window with a plain background; it is seen once it is mapped and the window manager shows it. */
    public int createWindow(int width, int height, int eventMask) {
        return createWindow(INPUT_OUTPUT, 0, 0, width, height, CW_BACK_PIXEL | CW_EVENT_MASK, 0, eventMask);
    }

    /** With depth, visual and border as the root has them, or none. */
    private int createWindow(int kind, int x, int y, int width, int height, int valueMask, int... values) {
        int id = connection.newId();
        Request request = Request.of(1)
                .card32(id)
                .card32(root())
                .card16(x)
                .card16(y)
                .card16(width)
                .card16(height)
                .card16(0)
                .card16(kind)
                .card32(0)
                .card32(valueMask);
        for (int value : values) {
            request.card32(value);
        }
        connection.send(request);
        return id;
    }

    /** Asks for the window to be shown; the event MapNotify says that it is. */
    public void mapWindow(int window) {
        connection.send(Request.of(8).card32(window));
    }

    /** Ends a window, also one of another connection; what it owned is free then. */
    public void destroyWindow(int window) {
        connection.send(Request.of(4).card32(window));
    }

    /** From now on this connection gets these events of that window; 0 ends it. */
    public void selectEvents(int window, int eventMask) {
        connection.send(Request.of(2).card32(window).card32(CW_EVENT_MASK).card32(eventMask));
    }

    // Atoms

    public int atom(String name) {
        return connection
                .call(Request.of(16).card16(name.length()).card16(0).latin1(name))
                .int32(8);
    }

    public String atomName(int atom) {
        Packet reply = connection.call(Request.of(17).card32(atom));
        return reply.latin1(Packet.SIZE, reply.card16(8));
    }

    // Messages

    /** Sends a message to the window manager (EWMH, "Root Window Properties"): five items of 32 bits about a window. */
    public void messageRoot(int window, int type, int... items) {
        sendToRoot(EventMask.SUBSTRUCTURE_NOTIFY | EventMask.SUBSTRUCTURE_REDIRECT, window, type, items);
    }

    void sendToRoot(int eventMask, int window, int type, int... items) {
        Request request = Request.of(25)
                .card32(root())
                .card32(eventMask)
                .card8(CLIENT_MESSAGE)
                .card8(32)
                .card16(0)
                .card32(window)
                .card32(type);
        for (int i = 0; i < 5; i++) {
            request.card32(i < items.length ? items[i] : 0);
        }
        connection.send(request);
    }

    // Focus, pointer, keyboard

    /** The window that keys go to; 0 for none, 1 for whatever window the pointer is in. */
    public int inputFocus() {
        return connection.call(Request.of(43)).int32(8);
    }

    /**
     * Where the pointer is and what is held.
     *
     * @param held the modifiers and buttons that are down (X protocol, SETofKEYBUTMASK)
     */
    public record PointerState(int x, int y, int held) {}

    public PointerState pointer() {
        Packet reply = connection.call(Request.of(38).card32(root()));
        return new PointerState(reply.int16(16), reply.int16(18), reply.card16(24));
    }

    /** From now on until {@link #ungrab} the server listens to this connection only. */
    public void grab() {
        connection.send(Request.of(36));
    }

    public void ungrab() {
        connection.send(Request.of(37));
    }

    // Extensions

    /** The opcode of an extension's requests, or empty if the server does not have it. */
    public OptionalInt extension(String name) {
        Packet reply = queryExtension(name);
        return reply.card8(8) == 1 ? OptionalInt.of(reply.card8(9)) : OptionalInt.empty();
    }

    /** The number of an extension's first event, or empty if the server does not have it. */
    OptionalInt firstEvent(String name) {
        Packet reply = queryExtension(name);
        return reply.card8(8) == 1 ? OptionalInt.of(reply.card8(10)) : OptionalInt.empty();
    }

    private Packet queryExtension(String name) {
        return connection.call(Request.of(98).card16(name.length()).card16(0).latin1(name));
    }

    void send(Request request) {
        connection.send(request);
    }

    Packet call(Request request) {
        return connection.call(request);
    }

    // Connection

    /** Returns when the server has processed everything that was sent before. */
    public void sync() {
        inputFocus();
    }

    public void flush() {
        connection.flush();
    }

    /** The next event, or empty when the limit is up or another thread called {@link #wake}. */
    public Optional<XEvent> nextEvent(Duration limit) {
        return connection.nextEvent(limit);
    }

    /**
     * From now on every event is also told to the observer, in the moment in which it is read: after {@link #sync} it has
     * heard of everything that happened before.
     */
    public void observe(Consumer<XEvent> observer) {
        connection.observe(observer);
    }

    /** Makes the thread that waits in {@link #nextEvent} return; may be called by any thread. */
    public void wake() {
        connection.wake();
    }

    @Override
    public void close() {
        connection.close();
    }
}
