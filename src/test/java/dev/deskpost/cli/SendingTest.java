package dev.deskpost.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SendingTest {

    private final List<String> keys = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile int broken;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/messages", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** Takes the request, and breaks the connection instead of an answer as often as the test says. */
    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        if (keys.size() <= broken) {
            exchange.close();
            return;
        }
        byte[] body = "{\"id\":\"msg_1\",\"state\":\"PENDING\"}".getBytes(UTF_8);
        exchange.sendResponseHeaders(202, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void a_broken_connection_is_tried_again_with_the_same_key() {
        broken = 2;

        assertThat(send().fields().text("id")).contains("msg_1");
        assertThat(keys).containsExactly("key-1", "key-1", "key-1");
    }

    @Test
    void after_three_it_says_how_to_find_out() {
        broken = 9;

        assertThatThrownBy(this::send)
                .hasMessageContaining("It is not known whether the message was accepted")
                .hasMessageContaining("--idempotency-key=key-1")
                .extracting(e -> ((GivenUp) e).exitCode())
                .isEqualTo(ExitCodes.UNREACHABLE);
        assertThat(keys).hasSize(3);
    }

    @Test
    void where_there_is_no_host_of_that_name_nothing_was_sent() {
        assertThatThrownBy(() -> send(URI.create("http://nowhere.invalid")))
                .hasMessage("there is no host 'nowhere.invalid'")
                .extracting(e -> ((GivenUp) e).exitCode())
                .isEqualTo(ExitCodes.UNREACHABLE);
    }

    @Test
    void where_tls_is_refused_nothing_was_sent() throws IOException {
        byte[] handshakeFailure = {21, 3, 3, 0, 2, 2, 40}; // RFC 8446, section 6.2
        try (ServerSocket refuses = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> refusal = CompletableFuture.runAsync(() -> {
                try (Socket client = refuses.accept()) {
                    client.getOutputStream().write(handshakeFailure);
                    client.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

            assertThatThrownBy(() -> send(URI.create("https://127.0.0.1:" + refuses.getLocalPort())))
                    .hasMessageContaining("there is no TLS connection")
                    .hasMessageNotContaining("It is not known");
            refusal.join();
        }
    }

    @Test
    void where_nobody_answers_nothing_was_sent() {
        URI nowhere = url();
        server.stop(0);

        assertThatThrownBy(() -> send(nowhere))
                .hasMessage("nobody answers at " + nowhere + "; is the service running?");
    }

    private Reply send() {
        return send(url());
    }

    private static Reply send(URI url) {
        Service service = new Service(url, new Token("secret-1", "--token"), Duration.ofSeconds(20));
        return new Sending(service, new Backoff()).send("{}", "key-1");
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }
}
