package dev.deskpost.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** A service whose events a test writes: one script for each connection, then nothing to follow (204). */
final class EventServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Script> scripts = new LinkedBlockingQueue<>();

    /** What each connection asked for. */
    final List<Asked> asked = new CopyOnWriteArrayList<>();

    record Asked(String target, Optional<String> lastEventId, Optional<String> authorization) {}

    interface Script {
        void play(HttpExchange exchange) throws IOException;
    }

    EventServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/api/v1/events", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Sends this, and ends the stream. */
    EventServer then(String events) {
        return then(exchange -> write(exchange, events));
    }

    /** Sends this, and says nothing more until the service ends. */
    EventServer thenSilence(String events) {
        return then(exchange -> {
            write(exchange, events);
            try {
                new LinkedBlockingQueue<>().take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    EventServer thenStatus(int status, String body) {
        return then(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
            exchange.sendResponseHeaders(status, body.length());
            exchange.getResponseBody().write(body.getBytes(UTF_8));
        });
    }

    EventServer then(Script script) {
        scripts.add(script);
        return this;
    }

    private static void write(HttpExchange exchange, String events) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(events.getBytes(UTF_8));
        exchange.getResponseBody().flush();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(new Asked(
                exchange.getRequestURI().toString(),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Last-Event-ID")),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))));
        try (exchange) {
            Script script = scripts.poll();
            if (script == null) {
                exchange.sendResponseHeaders(204, -1);
            } else {
                script.play(exchange);
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
