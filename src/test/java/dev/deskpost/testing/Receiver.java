package dev.deskpost.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real HTTP server that keeps what it got, and answers as it was told; 204 if nobody told it anything. */
public final class Receiver implements AutoCloseable {

    /** What came: the names of headers in lower case. */
    public record Got(Instant at, String path, Map<String, String> headers, String body) {}

    private record Told(int status, Map<String, String> headers) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final Queue<Told> answers = new ConcurrentLinkedQueue<>();
    private volatile CountDownLatch held = new CountDownLatch(0);

    public Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
            got.add(new Got(Instant.now(), exchange.getRequestURI().toString(), headers, body));
            held.await();
            Told told = answers.isEmpty() ? new Told(204, Map.of()) : answers.remove();
            told.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(told.status(), -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says what the next call is answered. */
    public Receiver answers(int status) {
        answers.add(new Told(status, Map.of()));
        return this;
    }

    public Receiver answers(int status, String header, String value) {
        answers.add(new Told(status, Map.of(header, value)));
        return this;
    }

    /** From now on nobody gets an answer, until {@link #letGo}. */
    public void hold() {
        held = new CountDownLatch(1);
    }

    public void letGo() {
        held.countDown();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url(String path) {
        return "http://localhost:" + port() + path;
    }

    public List<Got> got() {
        return List.copyOf(got);
    }

    public List<Got> awaitCalls(int count) {
        until(() -> got.size() >= count);
        return got();
    }

    /** The limit of all waits in these tests. */
    public static void until(Callable<Boolean> condition) {
        await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(20))
                .until(condition);
    }

    @Override
    public void close() {
        letGo();
        server.stop(0);
        threads.shutdownNow();
    }
}
