package dev.deskpost.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The server of {@code browser-chat.html}: gives out the page and its modules, tells it commands, keeps what it records. */
final class BrowserPages implements AutoCloseable {

    /** Each is one ES module in a WebJar, and where in the jar it is. */
    private static final Map<String, String> MODULES = Map.of(
            "prosemirror-view", "dist/index.js",
            "prosemirror-state", "dist/index.js",
            "prosemirror-model", "dist/index.js",
            "prosemirror-transform", "dist/index.js",
            "prosemirror-commands", "dist/index.js",
            "prosemirror-keymap", "dist/index.js",
            "orderedmap", "dist/index.js",
            "w3c-keyname", "index.js");

    private final Map<String, List<JsonNode>> events = new ConcurrentHashMap<>();
    private final Map<String, BlockingQueue<String>> commands = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    BrowserPages() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/chat", exchange -> answer(exchange, "text/html", page()));
        server.createContext("/module/", exchange -> answer(exchange, "text/javascript", module(lastPart(exchange))));
        server.createContext("/events/", this::record);
        server.createContext("/commands/", this::giveCommands);
        server.start();
    }

    /** Where the page of that name is, which is also its title. */
    String address(String name, String editor) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/chat?name=" + name + "&editor=" + editor;
    }

    List<JsonNode> events(String name) {
        return events.getOrDefault(name, List.of());
    }

    void tell(String name, String command) {
        commands(name).add(command);
    }

    private BlockingQueue<String> commands(String name) {
        return commands.computeIfAbsent(name, unknown -> new LinkedBlockingQueue<>());
    }

    private void record(HttpExchange exchange) throws IOException {
        JsonNode event = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
        events.computeIfAbsent(lastPart(exchange), unknown -> new CopyOnWriteArrayList<>())
                .add(event);
        answer(exchange, "text/plain", new byte[0]);
    }

    /** Server-sent events, WHATWG HTML 9.2, for as long as the page listens. */
    private void giveCommands(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            // A comment, so that the page knows at once that it is heard
            out.write(":\n\n".getBytes(UTF_8));
            out.flush();
            while (true) {
                out.write(("data: " + commands(lastPart(exchange)).take() + "\n\n").getBytes(UTF_8));
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] page() throws IOException {
        String imports = MODULES.keySet().stream()
                .map(name -> '"' + name + "\":\"/module/" + name + '"')
                .collect(Collectors.joining(",", "{", "}"));
        String page = new String(resource("/dev/deskpost/testing/browser-chat.html"), UTF_8);
        return page.replace("IMPORTS", imports).getBytes(UTF_8);
    }

    private static byte[] module(String name) throws IOException {
        Properties jar = new Properties();
        try (InputStream about =
                BrowserPages.class.getResourceAsStream("/META-INF/maven/org.webjars.npm/" + name + "/pom.properties")) {
            jar.load(Objects.requireNonNull(about, name));
        }
        return resource("/META-INF/resources/webjars/" + name + '/' + jar.getProperty("version") + '/'
                + Objects.requireNonNull(MODULES.get(name), name));
    }

    private static byte[] resource(String path) throws IOException {
        try (InputStream in = BrowserPages.class.getResourceAsStream(path)) {
            return Objects.requireNonNull(in, path).readAllBytes();
        }
    }

    private static String lastPart(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type + "; charset=utf-8");
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
