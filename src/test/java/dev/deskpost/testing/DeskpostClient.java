package dev.deskpost.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A sender as there are many: plain HTTP with the token from the file. Fails on every answer but 2xx. */
public final class DeskpostClient {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private final String server;
    private final String base;
    private final String token;

    /** @param home where the service keeps its token */
    public DeskpostClient(int port, Path home) {
        this.port = port;
        this.server = "http://127.0.0.1:" + port;
        this.base = server + "/api/v1";
        try {
            this.token = Files.readString(home.resolve("token")).trim();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the service answers. */
    public int port() {
        return port;
    }

    /** What it wants to be shown. */
    public String token() {
        return token;
    }

    /** Sends a text and returns the id of the message. */
    public String send(String recipient, String content) {
        String body = JsonMapper.shared().writeValueAsString(Map.of("recipient", recipient, "content", content));
        return call("POST", "/messages", body).get("id").asString();
    }

    public JsonNode message(String id) {
        return get("/messages/" + id);
    }

    public JsonNode get(String path) {
        return call("GET", path, "");
    }

    public JsonNode post(String path, String body) {
        return call("POST", path, body);
    }

    public JsonNode put(String path, String body) {
        return call("PUT", path, body);
    }

    /** What stands at an address outside of the API, as it comes. */
    public String text(String path) {
        return send("GET", server + path, "");
    }

    private JsonNode call(String method, String path, String body) {
        return JsonMapper.shared().readTree(send(method, base + path, body));
    }

    private String send(String method, String address, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body, UTF_8))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
            if (response.statusCode() / 100 != 2) {
                throw new AssertionError(
                        method + " " + address + " answered " + response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
