package dev.deskpost.desktop.x11.wire;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The socket to an X server: bytes out, bytes in, and no wait without a limit. {@link #wake} may be called by any thread,
 * everything else by one at a time.
 */
final class Transport implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final SocketChannel channel;
    private final Selector selector;
    private final Duration limit;
    private final ByteBuffer in =
            ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN).flip();
    private final ByteBuffer out = ByteBuffer.allocate(BUFFER);

    private Transport(SocketChannel channel, Selector selector, Duration limit) {
        this.channel = channel;
        this.selector = selector;
        this.limit = limit;
    }

    /** @param limit how long the server may take until it accepts, answers, or reads what is written */
    static Transport open(DisplayName display, Duration limit) throws IOException {
        SocketChannel channel = display.isLocal() ? openLocal(display, limit) : openTcp(display, limit);
        Selector selector = null;
        try {
            selector = Selector.open();
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            return new Transport(channel, selector, limit);
        } catch (IOException | RuntimeException e) {
            channel.close();
            if (selector != null) {
                selector.close();
            }
            throw e;
        }
    }

    /**
     * A server that hangs accepts nobody, and when its backlog is full the call waits. A local socket that must not wait
     * is no help: Linux calls that an error at once (EAGAIN), and nothing says when to try again. So it may wait, and is
     * closed under the waiting call when the limit is up.
     */
    private static SocketChannel openLocal(DisplayName display, Duration limit) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        CompletableFuture<Void> connected = new CompletableFuture<>();
        CompletableFuture<Void> unused = connected
                .orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((nothing, late) -> {
                    if (late != null) {
                        close(channel);
                    }
                });
        try {
            channel.connect(UnixDomainSocketAddress.of(display.socketPath()));
        } catch (ClosedByInterruptException e) {
            connected.complete(null);
            throw e;
        } catch (AsynchronousCloseException e) {
            throw new SocketTimeoutException("it accepts no connection");
        } catch (IOException | RuntimeException e) {
            connected.complete(null);
            channel.close();
            throw e;
        }
        if (!connected.complete(null)) {
            throw new SocketTimeoutException("it accepts no connection");
        }
        return channel;
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Whoever waits for it hears of it.
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

    /** Keeps the bytes for {@link #flush}, or writes them when there are many. */
    void send(byte[] bytes) throws IOException {
        if (bytes.length > out.remaining()) {
            flush();
        }
        if (bytes.length > out.capacity()) {
            write(ByteBuffer.wrap(bytes));
        } else {
            out.put(bytes);
        }
    }

    void flush() throws IOException {
        out.flip();
        try {
            write(out);
        } finally {
            out.clear();
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        Deadline deadline = deadline();
        @Nullable SelectionKey key = channel.keyFor(selector);
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0 && key != null) {
                // Not for what comes in as well, which nobody reads here: the wait would be over at once, again and
                // again.
                key.interestOps(SelectionKey.OP_WRITE);
                try {
                    awaitReady(deadline);
                } finally {
                    key.interestOps(SelectionKey.OP_READ);
                }
                if (deadline.isOver()) {
                    throw new SocketTimeoutException();
                }
            }
        }
    }

    /**
     * Exactly that many bytes.
     *
     * @throws SocketTimeoutException if they do not come in time
     * @throws EOFException if they never will
     */
    byte[] read(int count, Deadline deadline) throws IOException {
        byte[] bytes = new byte[count];
        int filled = 0;
        while (filled < count) {
            if (!in.hasRemaining() && fill() == 0 && !awaitReady(deadline) && deadline.isOver()) {
                throw new SocketTimeoutException();
            }
            int chunk = Math.min(in.remaining(), count - filled);
            in.get(bytes, filled, chunk);
            filled += chunk;
        }
        return bytes;
    }

    /** Whether that many bytes are there; if not, waits until more come, the limit is up, or {@link #wake}. */
    boolean awaitBytes(int count, Deadline deadline) throws IOException {
        while (in.remaining() < count) {
            // Read what is there before looking at the clock: with no time left this still polls.
            if (fill() == 0 && !awaitReady(deadline)) {
                return false;
            }
        }
        return true;
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

    private boolean awaitReady(Deadline deadline) throws IOException {
        long millis = deadline.millisLeft();
        int ready = millis <= 0 ? selector.selectNow() : selector.select(millis);
        selector.selectedKeys().clear();
        return ready > 0;
    }

    /** When the server has taken too long, from now on. */
    Deadline deadline() {
        return Deadline.after(limit);
    }

    /** Makes a thread that waits in {@link #awaitBytes} return. */
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
        close(channel);
    }

    /** A moment after which a wait is given up. */
    record Deadline(long nanos) {

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
