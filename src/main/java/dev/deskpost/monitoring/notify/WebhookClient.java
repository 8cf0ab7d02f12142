package dev.deskpost.monitoring.notify;

import dev.deskpost.monitoring.notify.Answer.Accepted;
import dev.deskpost.monitoring.notify.Answer.Refused;
import dev.deskpost.monitoring.notify.Answer.TryAgain;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.springframework.boot.http.client.FilteredHostException;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpComponentsHttpClientBuilder;
import org.springframework.boot.http.client.HttpRedirects;

/**
 * Makes single tries at one webhook.
 *
 * <p>Each name is looked up once for a connection, the addresses are looked at, and one of those is connected to: a name that
 * means another address a moment later leads nowhere else. No redirect is followed, no proxy of the machine is used (which
 * would look the name up itself), nothing of the answer's body is read, and it is over when the timeout is.
 */
final class WebhookClient implements AutoCloseable {

    private final URI address;
    private final Duration timeout;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService timer;
    private final Clock clock;

    /** @param timer ends tries whose time is up */
    WebhookClient(Webhook webhook, DnsResolver names, ScheduledExecutorService timer, Clock clock) {
        this.address = webhook.uri();
        this.timeout = webhook.timeout();
        this.timer = timer;
        this.clock = clock;
        this.client = new HttpComponentsHttpClientBuilder()
                .withDnsResolver(names)
                .withCustomizer(http -> http.setRoutePlanner(new DefaultRoutePlanner(null))
                        .setUserAgent("Deskpost")
                        .disableAutomaticRetries()
                        .disableCookieManagement()
                        .disableContentCompression()
                        .disableAuthCaching())
                .build(HttpClientSettings.defaults()
                        .withRedirects(HttpRedirects.DONT_FOLLOW)
                        .withTimeouts(timeout, timeout)
                        .withInetAddressFilter(Reachable.of(webhook)));
    }

    /** Never throws: what fails is an answer, too. */
    Answer send(Parcel parcel) {
        HttpPost request = new HttpPost(address);
        parcel.headers().forEach(request::setHeader);
        request.setEntity(new StringEntity(parcel.body(), ContentType.APPLICATION_JSON));
        Future<?> end = timer.schedule(request::abort, timeout.toMillis(), TimeUnit.MILLISECONDS);
        try (ClassicHttpResponse response = client.executeOpen(null, request, null)) {
            return read(response);
        } catch (FilteredHostException e) {
            return new Refused(
                    "its address may not be sent to: without 'allow-private-network' only the internet's may, and http never"
                            + " leaves the private network");
        } catch (IOException e) {
            return new TryAgain(request.isAborted() ? "no answer within " + timeout : reasonOf(e));
        } catch (RuntimeException e) {
            return new Refused("it cannot be sent: " + e.getClass().getSimpleName());
        } finally {
            end.cancel(false);
        }
    }

    private Answer read(ClassicHttpResponse response) {
        int status = response.getCode();
        if (status >= 200 && status < 300) {
            return new Accepted();
        }
        String reason = "it answered " + status;
        if (status == 408 || status == 425 || status == 429 || status >= 500) {
            Header after = response.getFirstHeader("Retry-After");
            return new TryAgain(reason, RetryAfter.read(after == null ? null : after.getValue(), clock.instant()));
        }
        return new Refused(status >= 300 && status < 400 ? reason + "; redirects are not followed" : reason);
    }

    /** Not the message: it may name the address. */
    private static String reasonOf(IOException e) {
        if (e instanceof UnknownHostException) {
            return "its name cannot be resolved";
        }
        return e instanceof SSLException
                ? "TLS failed"
                : "the connection failed: " + e.getClass().getSimpleName();
    }

    /** Cuts off what is under way. */
    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
