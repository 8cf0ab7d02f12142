package dev.deskpost.monitoring.notify;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.deskpost.monitoring.notify.Answer.Accepted;
import dev.deskpost.monitoring.notify.Answer.Refused;
import dev.deskpost.monitoring.notify.Answer.TryAgain;
import dev.deskpost.testing.Receiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookClientTest {

    private static final Parcel PARCEL = new Parcel("{\"a\":\"ä\"}", Map.of("webhook-id", "alert_1"));

    private final Receiver receiver = new Receiver();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void close() {
        timer.shutdownNow();
        receiver.close();
    }

    private Answer send(Webhook webhook) {
        return send(webhook, new SystemDefaultDnsResolver());
    }

    private Answer send(Webhook webhook, DnsResolver names) {
        try (WebhookClient client = new WebhookClient(webhook, names, timer, Clock.systemUTC())) {
            return client.send(PARCEL);
        }
    }

    /** A phone book with one address for all names. */
    private record OneAddress(InetAddress address, AtomicInteger asked) implements DnsResolver {

        OneAddress(String address) throws UnknownHostException {
            this(InetAddress.getByName(address), new AtomicInteger());
        }

        @Override
        public InetAddress[] resolve(String host) {
            asked.incrementAndGet();
            return new InetAddress[] {address};
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    @Nested
    class An_answer {

        private Answer to(int status) {
            receiver.answers(status);
            return send(Samples.webhook(receiver.url("/hook?x=1"), true));
        }

        @Test
        void of_2xx_means_that_the_receiver_has_it() {
            assertThat(to(200)).isEqualTo(new Accepted());
            assertThat(to(204)).isEqualTo(new Accepted());
            assertThat(receiver.got()).allSatisfy(got -> {
                assertThat(got.path()).isEqualTo("/hook?x=1");
                assertThat(got.body()).isEqualTo("{\"a\":\"ä\"}");
                assertThat(got.headers()).containsEntry("webhook-id", "alert_1");
                assertThat(got.headers().get("Content-Type")).startsWith("application/json");
            });
        }

        @ParameterizedTest
        @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
        void that_may_be_another_next_time_is_tried_again_by_the_courier_alone(int status) {
            assertThat(to(status)).isEqualTo(new TryAgain("it answered " + status));
            assertThat(receiver.got())
                    .as("the client tries nothing again itself")
                    .hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(ints = {400, 401, 403, 404, 410, 413})
        void that_stays_the_same_is_final(int status) {
            assertThat(to(status)).isEqualTo(new Refused("it answered " + status));
        }

        @Test
        void may_say_when_to_come_again() {
            receiver.answers(503, "Retry-After", "7");
            assertThat(send(Samples.webhook(receiver.url("/"), true)))
                    .isEqualTo(new TryAgain("it answered 503", Optional.of(Duration.ofSeconds(7))));
        }

        @ParameterizedTest
        @ValueSource(ints = {301, 302, 303, 307, 308})
        void that_leads_elsewhere_is_not_followed(int status) {
            try (Receiver other = new Receiver()) {
                receiver.answers(status, "Location", other.url("/secret"));
                assertThat(send(Samples.webhook(receiver.url("/"), true)))
                        .isEqualTo(new Refused("it answered " + status + "; redirects are not followed"));
                assertThat(other.got()).isEmpty();
            }
        }

        @Test
        void that_does_not_come_in_time_is_not_waited_for() {
            receiver.hold();
            assertThat(send(Samples.webhook(receiver.url("/"), Webhook.Format.STANDARD, Duration.ofMillis(200))))
                    .isInstanceOf(TryAgain.class);
        }

        @Test
        void that_comes_drop_by_drop_is_not_waited_for() throws Exception {
            try (ServerSocket slow = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Thread drops = new Thread(() -> drip(slow));
                drops.start();
                String url = "http://localhost:" + slow.getLocalPort() + "/";
                assertThat(send(Samples.webhook(url, Webhook.Format.STANDARD, Duration.ofMillis(500))))
                        .isEqualTo(new TryAgain("no answer within PT0.5S"));
                drops.join();
            }
        }

        /** A byte of the head now and then: no single read takes long. */
        private void drip(ServerSocket slow) {
            try (Socket caller = slow.accept()) {
                caller.setSoTimeout(100);
                caller.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes(US_ASCII));
                for (int drop = 0; drop < 100; drop++) {
                    caller.getOutputStream().write('x');
                    caller.getOutputStream().flush();
                    if (!isThere(caller)) {
                        return;
                    }
                }
            } catch (IOException e) {
                // The caller has hung up, which was wanted.
            }
        }

        private boolean isThere(Socket caller) throws IOException {
            try {
                return caller.getInputStream().read(new byte[8192]) >= 0;
            } catch (SocketTimeoutException e) {
                return true;
            }
        }

        @Test
        void nobody_gives_where_nobody_listens() throws Exception {
            int port;
            try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = gone.getLocalPort();
            }
            assertThat(send(Samples.webhook("http://localhost:" + port + "/secret", true)))
                    .isInstanceOfSatisfying(
                            TryAgain.class,
                            again -> assertThat(again.reason())
                                    .startsWith("the connection failed")
                                    .doesNotContain("secret", "localhost"));
        }
    }

    @Nested
    class An_address_in_the_private_network {

        @ParameterizedTest
        @ValueSource(
                strings = {"localhost", "127.0.0.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "[::]"})
        void of_this_machine_is_not_connected_to(String host) throws Exception {
            try (ServerSocket door = new ServerSocket(0)) {
                door.setSoTimeout(50);
                Webhook webhook = Samples.webhook("https://" + host + ":" + door.getLocalPort() + "/", false);
                assertThat(webhook.isUrlUsable()).isTrue();
                assertThat(send(webhook)).isInstanceOf(Refused.class);
                assertThat(catchThrowable(door::accept))
                        .as("nobody has knocked")
                        .isInstanceOf(SocketTimeoutException.class);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "10.1.2.3",
                    "172.16.0.1",
                    "172.31.255.255",
                    "192.168.1.1",
                    "169.254.169.254",
                    "100.64.0.1",
                    "127.0.0.1",
                    "0.1.2.3",
                    "192.0.2.1",
                    "198.18.0.1",
                    "224.0.0.1",
                    "240.0.0.1",
                    "255.255.255.255",
                    "::1",
                    "::",
                    "fe80::1",
                    "fec0::1",
                    "fc00::1",
                    "fd12:3456::1",
                    "ff02::1",
                    "::ffff:10.0.0.1",
                    "::10.0.0.1",
                    "::ffff:0:10.0.0.1",
                    "64:ff9b::a00:1",
                    "64:ff9b:1::a00:1",
                    "2002:a00:1::1",
                    "2001:db8::1",
                    "5f00::1"
                })
        void behind_a_name_is_refused(String address) throws Exception {
            assertThat(send(Samples.webhook("https://hooks.example.com/", false), new OneAddress(address)))
                    .isInstanceOf(Refused.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"8.8.8.8", "162.159.128.233", "2606:4700::1111"})
        void is_not_what_lies_in_the_internet(String address) throws Exception {
            Webhook inTheInternet = Samples.webhook("https://hooks.example.com/", false);
            assertThat(Reachable.of(inTheInternet).matches(InetAddress.getByName(address)))
                    .isTrue();
        }

        @Test
        void can_be_allowed() throws Exception {
            OneAddress here = new OneAddress("127.0.0.1");
            String url = "http://hooks.invalid:" + receiver.port() + "/";
            assertThat(send(Samples.webhook(url, true), here)).isEqualTo(new Accepted());
            assertThat(here.asked())
                    .as("connected to the address that was looked at")
                    .hasValue(1);
        }

        @Test
        void is_the_only_one_that_http_goes_to() throws Exception {
            assertThat(send(Samples.webhook("http://hooks.example.com/", true), new OneAddress("8.8.8.8")))
                    .isInstanceOf(Refused.class);
        }
    }
}
