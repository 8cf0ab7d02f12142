package dev.deskpost.monitoring.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.monitoring.notify.NotificationProperties.Notifications;
import dev.deskpost.testing.Receiver;
import dev.deskpost.testing.Receiver.Got;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CourierTest {

    private final Receiver receiver = new Receiver();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final NotificationMetrics metrics = new NotificationMetrics(registry);
    private final List<Courier> couriers = new ArrayList<>();

    @AfterEach
    void close() {
        receiver.close();
        couriers.forEach(courier -> courier.close(Duration.ZERO));
    }

    private Courier courier(Notifications settings, Duration timeout) {
        return courier(
                settings,
                timeout,
                new StandardWrapping(
                        Samples.JSON,
                        Samples.webhook(receiver.url("/"), true).key().orElseThrow()));
    }

    private Courier courier(Notifications settings, Duration timeout, Wrapping wrapping) {
        Webhook webhook = Samples.webhook(receiver.url("/"), Webhook.Format.STANDARD, timeout);
        Courier courier = new Courier(
                "webhook-0",
                wrapping,
                timer -> new WebhookClient(webhook, new SystemDefaultDnsResolver(), timer, Clock.systemUTC()),
                settings,
                new Backoff(settings, () -> 0.5),
                metrics,
                Clock.systemUTC());
        couriers.add(courier);
        return courier;
    }

    private Courier courier(Notifications settings) {
        return courier(settings, Duration.ofSeconds(10));
    }

    private double count(String outcome) {
        return registry.get("deskpost.alerts.notifications")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private static String ruleOf(Got got) {
        return Samples.JSON.readTree(got.body()).at("/data/rule").asString();
    }

    @Test
    void what_the_receiver_could_not_take_is_sent_again_under_the_same_id() {
        receiver.answers(503).answers(500).answers(204);
        courier(Samples.quick(5, 100)).take(Samples.firing("failure-rate"));

        List<Got> got = receiver.awaitCalls(3);
        Receiver.until(() -> count("sent") == 1);
        assertThat(got)
                .extracting(call -> call.headers().get("webhook-id"))
                .containsOnly(got.get(0).headers().get("webhook-id"));
        assertThat(got).extracting(Got::body).containsOnly(got.get(0).body());
        assertThat(receiver.got()).as("no more after it was taken").hasSize(3);
    }

    @Test
    void comes_again_when_the_receiver_says() {
        receiver.answers(429, "Retry-After", "1").answers(204);
        courier(Samples.quick(5, 100)).take(Samples.firing("failure-rate"));

        List<Got> got = receiver.awaitCalls(2);
        assertThat(Duration.between(got.get(0).at(), got.get(1).at())).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void gives_up_after_so_many_tries_and_goes_on_with_the_next() {
        receiver.answers(500).answers(500).answers(500).answers(204);
        Courier courier = courier(Samples.quick(3, 100));
        courier.take(Samples.firing("first"));
        courier.take(Samples.firing("second"));

        Receiver.until(() -> count("sent") == 1);
        assertThat(receiver.got()).extracting(CourierTest::ruleOf).containsExactly("first", "first", "first", "second");
        assertThat(count("given_up")).isEqualTo(1);
    }

    @Test
    void what_is_refused_is_not_sent_again() {
        receiver.answers(404).answers(204);
        Courier courier = courier(Samples.quick(3, 100));
        courier.take(Samples.firing("first"));
        courier.take(Samples.firing("second"));

        Receiver.until(() -> count("sent") == 1);
        assertThat(receiver.got()).extracting(CourierTest::ruleOf).containsExactly("first", "second");
        assertThat(count("refused")).isEqualTo(1);
    }

    @Test
    void none_overtakes_one_that_is_tried_again() {
        receiver.answers(503).answers(503);
        Courier courier = courier(Samples.quick(5, 100));
        List.of("first", "second", "third").forEach(rule -> courier.take(Samples.firing(rule)));

        Receiver.until(() -> count("sent") == 3);
        assertThat(receiver.got())
                .extracting(CourierTest::ruleOf)
                .containsExactly("first", "first", "first", "second", "third");
    }

    @Test
    void to_hand_one_over_waits_for_no_slow_receiver_and_the_oldest_are_dropped() {
        receiver.hold();
        Courier courier = courier(Samples.quick(5, 3));
        courier.take(Samples.firing("first"));
        receiver.awaitCalls(1);

        long begin = System.nanoTime();
        IntStream.range(0, 1000).forEach(number -> courier.take(Samples.firing("number-" + number)));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));

        assertThat(count("dropped")).isEqualTo(997);
        receiver.letGo();
        Receiver.until(() -> count("sent") == 4);
        assertThat(receiver.got())
                .extracting(CourierTest::ruleOf)
                .containsExactly("first", "number-997", "number-998", "number-999");
    }

    @Test
    void a_fault_of_the_machine_does_not_silence_it() {
        Wrapping wrapping = new StandardWrapping(
                Samples.JSON, Samples.webhook(receiver.url("/"), true).key().orElseThrow());
        AtomicInteger written = new AtomicInteger();
        Courier courier = courier(Samples.quick(3, 100), Duration.ofSeconds(10), (notification, at) -> {
            if (written.getAndIncrement() == 0) {
                throw new StackOverflowError();
            }
            return wrapping.wrap(notification, at);
        });
        courier.take(Samples.firing("first"));
        courier.take(Samples.firing("second"));

        Receiver.until(() -> count("sent") == 2);
        assertThat(receiver.got()).extracting(CourierTest::ruleOf).containsExactly("first", "second");
    }

    @Test
    void a_receiver_that_never_answers_is_given_up_as_well() {
        receiver.hold();
        courier(Samples.quick(2, 100), Duration.ofMillis(100)).take(Samples.firing("failure-rate"));
        Receiver.until(() -> count("given_up") == 1);
    }

    @Test
    void at_the_end_what_is_left_is_tried_once_more() {
        receiver.answers(503, "Retry-After", "3600");
        Courier courier = courier(Samples.quick(5, 100));
        courier.take(Samples.firing("first"));
        courier.take(Samples.firing("second"));
        receiver.awaitCalls(1);

        courier.beginToClose();
        courier.close(Duration.ofSeconds(20));
        assertThat(count("sent")).isEqualTo(2);
        assertThat(count("unsent")).isZero();
    }

    @Test
    void a_try_that_is_under_way_at_the_end_is_not_the_last() {
        receiver.answers(503, "Retry-After", "3600").answers(204).answers(503);
        receiver.hold();
        Courier courier = courier(Samples.quick(5, 100));
        courier.take(Samples.firing("first"));
        courier.take(Samples.firing("second"));
        receiver.awaitCalls(1);

        courier.beginToClose();
        receiver.letGo();
        courier.close(Duration.ofSeconds(20));
        assertThat(receiver.got()).extracting(CourierTest::ruleOf).containsExactly("first", "first", "second");
        assertThat(count("sent")).isEqualTo(1);
        assertThat(count("unsent")).as("one whose only try was after that").isEqualTo(1);
    }

    @Test
    void the_end_is_not_held_up_by_a_receiver_that_does_not_answer() {
        receiver.hold();
        Courier courier = courier(Samples.quick(5, 100), Duration.ofSeconds(60));
        courier.take(Samples.firing("first"));
        courier.take(Samples.firing("second"));
        receiver.awaitCalls(1);

        long begin = System.nanoTime();
        courier.beginToClose();
        courier.close(Duration.ofMillis(100));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        assertThat(count("unsent")).isEqualTo(2);
    }
}
