package dev.deskpost.desktop.x11.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A local socket at which nobody answers the door. */
class TransportTest {

    private static final Path SOCKETS = Path.of("/tmp/.X11-unix");
    private static final Duration LIMIT = Duration.ofMillis(300);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private DisplayName display;
    private Path socket;
    private ServerSocketChannel server;

    @BeforeEach
    void listen() throws IOException {
        Assumptions.assumeTrue(Files.isWritable(SOCKETS), "no place for an X server's socket");
        // Far from where servers begin to count
        int number = 20_000 + (int) (ProcessHandle.current().pid() % 10_000);
        display = DisplayName.parse(":" + number);
        socket = Path.of(display.socketPath());
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        open.push(server);
        server.bind(UnixDomainSocketAddress.of(socket), 1);
    }

    @AfterEach
    void stop() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
        if (socket != null) {
            Files.deleteIfExists(socket);
        }
    }

    @Test
    @Timeout(30)
    void a_server_whose_backlog_is_full_is_waited_for_no_longer_than_the_limit() throws IOException {
        fillTheBacklog();
        long begun = System.nanoTime();
        assertThatThrownBy(() -> Transport.open(display, LIMIT)).isInstanceOf(SocketTimeoutException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(LIMIT);
    }

    @Test
    void a_connection_that_was_made_outlives_the_limit() throws IOException {
        try (Transport transport = Transport.open(display, Duration.ofMillis(1_000))) {
            assertThat(transport.awaitBytes(1, Transport.Deadline.after(Duration.ofMillis(1_100))))
                    .isFalse();
            assertThat(transport.isOpen()).isTrue();
        }
    }

    @Test
    void a_server_that_has_stopped_reading_is_waited_for_without_work() throws IOException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Duration limit = Duration.ofSeconds(1);
        try (Transport transport = Transport.open(display, limit);
                SocketChannel accepted = server.accept()) {
            accepted.write(ByteBuffer.wrap(new byte[] {1}));
            byte[] more = new byte[8 << 20];
            long before = threads.getCurrentThreadCpuTime();
            assertThatThrownBy(() -> transport.send(more)).isInstanceOf(SocketTimeoutException.class);
            assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before))
                    .isLessThan(limit.dividedBy(3));
        }
    }

    @Test
    void a_server_that_does_not_answer_is_waited_for_once_however_many_keys_there_are() {
        ByteBuffer keys = ByteBuffer.allocate(1_000);
        for (int i = 0; i < 10; i++) {
            keys.putShort((short) Authority.FAMILY_WILD).putShort((short) 0).putShort((short) 0);
            keys.putShort((short) Authority.COOKIE.length())
                    .put(Authority.COOKIE.getBytes(StandardCharsets.ISO_8859_1));
            keys.putShort((short) 1).put((byte) i);
        }
        Authority authority = Authority.parse(Arrays.copyOf(keys.array(), keys.position()));
        assertThat(authority.cookiesFor(display, "desk")).hasSize(10);
        long begun = System.nanoTime();
        assertThatThrownBy(() -> Connection.open(display, authority, "desk", LIMIT))
                .isInstanceOf(ConnectionLost.class)
                .hasMessageContaining("cannot connect to display")
                .hasMessageContaining("did not answer within");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LIMIT.multipliedBy(10));
    }

    /** Until one more would have to wait, which a socket that must not wait calls an error. */
    private void fillTheBacklog() throws IOException {
        while (true) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            open.push(channel);
            channel.configureBlocking(false);
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
            } catch (SocketException full) {
                return;
            }
        }
    }
}
