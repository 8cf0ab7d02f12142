package dev.deskpost.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** A running service, called with the token. Redirects are not followed: the token is for this address only. */
final class Service {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final URI base;
    private final Token token;
    private final Duration limit;
    private final HttpClient http;

    Service(URI base, Token token, Duration limit) {
        this.base = base;
        this.token = token;
        this.limit = limit;
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(limit);
        if ("http".equalsIgnoreCase(base.getScheme())) {
            builder.sslContext(trustingNobody());
        }
        this.http = builder.build();
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
        return accepted(reach(() -> send(request(path, limit).GET().build())));
    }

    /** The same, whatever it answers, except that the token is wrong. */
    Reply tryGet(String path) {
        return reach(() -> send(request(path, limit).GET().build()));
    }

    /** The same for an answer that the service holds. */
    Reply getHeld(String path, Duration held) throws IOException {
        return accepted(send(request(path, held.plus(limit)).GET().build()));
    }

    Reply tryPost(String path, String json) {
        return reach(() -> post(path, json, Map.of()));
    }

    /**
     * Not tried again by itself.
     *
     * @throws IOException if it is not known whether the service has got it, except with {@link ConnectException}: it has not
     */
    Reply post(String path, String json, Map<String, String> headers) throws IOException {
        HttpRequest.Builder request = request(path, limit)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json, UTF_8));
        headers.forEach(request::setHeader);
        return send(request.build());
    }

    /** An answer that does not end, once it has begun. The caller closes its body. */
    HttpResponse<InputStream> open(String path, Map<String, String> headers) throws IOException {
        HttpRequest.Builder request = request(path, limit).GET();
        headers.forEach(request::setHeader);
        return exchange(request.build(), BodyHandlers.ofInputStream());
    }

    Reply accepted(Reply reply) {
        if (!reply.isGood()) {
            throw new GivenUp(ExitCodes.REFUSED, reply.problem());
        }
        return reply;
    }

    /** Why there was no answer, for people. */
    String why(IOException e) {
        boolean noSuchHost = Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .anyMatch(UnresolvedAddressException.class::isInstance);
        if (noSuchHost) {
            return "there is no host '" + base.getHost() + "'";
        }
        if (e instanceof ConnectException) {
            return "nobody answers at " + base + "; is the service running?";
        }
        if (e instanceof HttpTimeoutException) {
            return base + " gives no answer";
        }
        String detail = String.valueOf(e.getMessage());
        return "the connection to " + base + " broke (" + detail + ")";
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

    private HttpRequest.Builder request(String path, Duration limit) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(limit)
                .setHeader("Authorization", "Bearer " + token.secret())
                .setHeader("Accept", "application/json, application/problem+json");
    }

    private Reply send(HttpRequest request) throws IOException {
        HttpResponse<String> response = exchange(request, BodyHandlers.ofString(UTF_8));
        Reply reply = new Reply(response.statusCode(), response.body());
        checkAccess(reply);
        return reply;
    }

    /** @throws GivenUp if the token is wrong */
    void checkAccess(Reply reply) {
        if (reply.status() == UNAUTHORIZED || reply.status() == FORBIDDEN) {
            throw new GivenUp(
                    ExitCodes.NO_ACCESS, token + " is not the one that " + base + " asks for: " + reply.problem());
        }
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> body) throws IOException {
        try {
            return http.send(request, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Reading the certificates that Java trusts takes a tenth of a second, and without TLS nobody asks for them. */
    private static SSLContext trustingNobody() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[0], new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }
}
