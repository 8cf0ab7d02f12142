package dev.deskpost.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * A running service, called with the token. Redirects are not followed: the token is for this address only.
 *
 * <p>By {@link HttpURLConnection}, because {@code java.net.http} takes three tenths of a second to load, and has no limit for
 * the pauses within an answer, as streams of events need it.
 */
final class Service {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    /** In bytes. A page of messages of the largest size is half of it. */
    private static final int LONGEST_ANSWER = 64 * 1024 * 1024;

    static {
        System.setProperty("sun.net.http.retryPost", "false"); // Who may try again is decided here.
    }

    private final URI base;
    private final Token token;
    private final Duration limit;

    Service(URI base, Token token, Duration limit) {
        this.base = base;
        this.token = token;
        this.limit = limit;
    }

    URI base() {
        return base;
    }

    /** A value for a path or a query. */
    static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8).replace("+", "%20");
    }

    /** @throws GivenUp if it refuses or cannot be reached */
    Reply get(String path) {
        return accepted(tryGet(path));
    }

    /** The same, whatever it answers, except that the token is wrong. */
    Reply tryGet(String path) {
        return reach(() -> call("GET", path, limit, Map.of(), null));
    }

    /** The same for an answer that the service holds. */
    Reply getHeld(String path, Duration held) throws IOException {
        return accepted(call("GET", path, held.plus(limit), Map.of(), null));
    }

    Reply tryPost(String path, String json) {
        return reach(() -> post(path, json, Map.of()));
    }

    /**
     * Not tried again by itself.
     *
     * @throws IOException if it is not known whether the service has got it. It has not where there was no connection to send
     *     it by: {@link ConnectException}, {@link java.net.NoRouteToHostException}, {@link UnknownHostException}, {@link
     *     SSLHandshakeException}
     */
    Reply post(String path, String json, Map<String, String> headers) throws IOException {
        return call("POST", path, limit, headers, json);
    }

    /**
     * An answer that goes on for ever.
     *
     * @param silence how long it may pause
     */
    Stream open(String path, Map<String, String> headers, Duration silence) throws IOException {
        HttpURLConnection connection = connection("GET", path, silence, headers);
        int status = connection.getResponseCode();
        return new Stream(connection, status, body(connection, status));
    }

    /** @param body to be read by one thread */
    record Stream(HttpURLConnection connection, int status, InputStream body) implements Closeable {

        String type() {
            String type = connection.getContentType();
            return type == null ? "nothing" : type;
        }

        @Override
        public void close() {
            connection.disconnect();
        }
    }

    Reply accepted(Reply reply) {
        if (!reply.isGood()) {
            throw new GivenUp(ExitCodes.REFUSED, reply.problem());
        }
        return reply;
    }

    /** @throws GivenUp if the token is wrong */
    void checkAccess(Reply reply) {
        if (reply.status() == UNAUTHORIZED || reply.status() == FORBIDDEN) {
            throw new GivenUp(
                    ExitCodes.NO_ACCESS, token + " is not the one that " + base + " asks for: " + reply.problem());
        }
    }

    /** Why there was no answer, for people. */
    String why(IOException e) {
        if (e instanceof UnknownHostException) {
            return "there is no host '" + base.getHost() + "'";
        }
        if (e instanceof ConnectException) {
            return "nobody answers at " + base + "; is the service running?";
        }
        if (e instanceof SSLHandshakeException) {
            return "there is no TLS connection to " + base + " (" + e.getMessage() + ")";
        }
        if (e instanceof SocketTimeoutException) {
            return base + " gives no answer";
        }
        return "the connection to " + base + " broke (" + e.getMessage() + ")";
    }

    private interface Call {
        Reply make() throws IOException;
    }

    private Reply reach(Call call) {
        try {
            return call.make();
        } catch (IOException e) {
            throw new GivenUp(ExitCodes.UNREACHABLE, why(e));
        }
    }

    private Reply call(String method, String path, Duration limit, Map<String, String> headers, @Nullable String json)
            throws IOException {
        HttpURLConnection connection = connection(method, path, limit, headers);
        if (json != null) {
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            try (OutputStream body = connection.getOutputStream()) {
                body.write(json.getBytes(UTF_8));
            }
        }
        int status = connection.getResponseCode();
        try (InputStream body = body(connection, status)) {
            Reply reply = new Reply(status, text(body));
            checkAccess(reply);
            return reply;
        }
    }

    /** @throws GivenUp if it is longer than anything that a Deskpost says */
    static String text(InputStream body) throws IOException {
        byte[] read = body.readNBytes(LONGEST_ANSWER + 1);
        if (read.length > LONGEST_ANSWER) {
            throw new GivenUp(ExitCodes.REFUSED, "the answer is too long to be one of a Deskpost");
        }
        return new String(read, UTF_8);
    }

    private HttpURLConnection connection(String method, String path, Duration limit, Map<String, String> headers)
            throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(base + path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout((int) this.limit.toMillis());
        connection.setReadTimeout((int) limit.toMillis());
        connection.setRequestProperty("Authorization", "Bearer " + token.secret());
        connection.setRequestProperty("Accept", "application/json, application/problem+json");
        connection.setRequestProperty("User-Agent", "deskpost");
        headers.forEach(connection::setRequestProperty);
        return connection;
    }

    private static InputStream body(HttpURLConnection connection, int status) throws IOException {
        InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        return body == null ? InputStream.nullInputStream() : body;
    }
}
