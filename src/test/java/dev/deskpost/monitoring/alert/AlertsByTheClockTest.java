package dev.deskpost.monitoring.alert;

import static dev.deskpost.monitoring.alert.Alert.State.FIRING;
import static dev.deskpost.monitoring.alert.Alert.State.INACTIVE;
import static dev.deskpost.monitoring.alert.Alert.State.PENDING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.doReturn;

import dev.deskpost.delivery.AttemptFinished;
import dev.deskpost.delivery.DeliveryOutcome;
import dev.deskpost.delivery.FailureCode;
import dev.deskpost.delivery.Processor;
import dev.deskpost.desktop.DesktopLook;
import dev.deskpost.desktop.InMemoryDesktop;
import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.Executor;
import dev.deskpost.fixtures.HandClock;
import dev.deskpost.fixtures.RunningService;
import dev.deskpost.message.Channel;
import dev.deskpost.message.Claim;
import dev.deskpost.message.Evidence;
import dev.deskpost.message.Priority;
import dev.deskpost.message.Trigger;
import dev.deskpost.message.Verdict;
import dev.deskpost.monitoring.QueueFigures;
import dev.deskpost.receipt.ReceiptRecorded;
import dev.deskpost.receipt.Source;
import dev.deskpost.station.StationLease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Each rule fires and resolves in the whole service, over the real database; the clock is turned by hand, and nobody
 * evaluates but the test. The station is paused, so that the messages stay where the test puts them.
 */
@RunningService
@TestPropertySource(
        properties = {
            "deskpost.alerts.interval=1h",
            "deskpost.monitoring.refresh=100ms",
            "deskpost.delivery.poll-interval=5s",
            "deskpost.delivery.desktop-retry=100ms"
        })
class AlertsByTheClockTest {

    @TestConfiguration
    static class Doubles {

        @Bean
        @Primary
        InMemoryDesktop inMemoryDesktop() {
            return new InMemoryDesktop();
        }

        @Bean
        Told told() {
            return new Told();
        }

        @Bean
        @Primary
        HandClock handClock() {
            return new HandClock();
        }
    }

    @Autowired
    Api api;

    @Autowired
    Alerts alerts;

    @Autowired
    Told told;

    @Autowired
    ThreadPoolTaskScheduler deliveryExecutor;

    @Autowired
    ThreadPoolTaskScheduler monitoringExecutor;

    @Autowired
    HandClock clock;

    @Autowired
    InMemoryDesktop desktop;

    @Autowired
    Executor executor;

    @Autowired
    QueueFigures figures;

    @Autowired
    UnhandledFailures failures;

    @Autowired
    DesktopLook look;

    @Autowired
    Processor processor;

    @MockitoSpyBean
    StationLease lease;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    PlatformTransactionManager transactions;

    @BeforeEach
    void the_station_is_paused_and_all_is_well() {
        api.post("/api/v1/queue/pause", "").then().statusCode(200);
        desktop.unavailable(null);
        await().until(lease::isHeld);
        await().until(() -> processor.lastActivityAt() != null);
        api.addRecipient("agent-1");
        clock.pass(Duration.ofHours(25)); // What earlier tests left is too old now.
        readAgain();
        alerts.evaluate();
        clock.pass(Duration.ofHours(1));
        readAgain();
        alerts.evaluate();
        assertThat(alerts.all()).extracting(Alert::state).containsOnly(INACTIVE);
    }

    /** What was told since the test began to look. */
    static final class Told {

        private final List<AlertChanged> changes = new CopyOnWriteArrayList<>();

        @EventListener
        void on(AlertChanged change) {
            changes.add(change);
        }
    }

    /** The database is read on a timer of real time: waits until it was read after this moment. */
    private void readAgain() {
        Instant now = clock.pass(Duration.ofMillis(1));
        await().until(() -> !figures.readAt().isBefore(now));
        await().until(() -> look.latest().equals(desktop.status()));
        failures.refresh();
    }

    private Alert alert(String rule) {
        return alerts.all().stream()
                .filter(alert -> alert.rule().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    /** Turns the clock, reads the database, evaluates. */
    private Alert after(Duration time, String rule) {
        clock.pass(time);
        readAgain();
        alerts.evaluate();
        return alert(rule);
    }

    private Alert now(String rule) {
        return after(Duration.ZERO, rule);
    }

    private void ended(int count, DeliveryOutcome outcome, int attempt) {
        Instant now = clock.instant();
        IntStream.range(0, count).forEach(number -> {
            Claim claim = new Claim(
                    "msg_1", attempt, attempt, 3, Trigger.FIRST, "agent-1", Priority.NORMAL, "hello", null, now, now);
            events.publishEvent(new AttemptFinished(claim, outcome, true, Duration.ofMillis(20), List.of(), false));
        });
    }

    private static final DeliveryOutcome DELIVERED =
            new DeliveryOutcome.Delivered(Channel.WINDOW, Evidence.PASTE, null);
    private static final DeliveryOutcome FAILED =
            new DeliveryOutcome.NotSent(FailureCode.WINDOW_NOT_FOUND, "no window matches");

    @Nested
    class Failure_rate {

        @Test
        void fires_above_one_per_cent_and_resolves_when_the_failures_are_past() {
            ended(99, DELIVERED, 1);
            ended(1, FAILED, 1);
            assertThat(now("failure-rate").value()).isEqualTo(0.01);
            assertThat(alert("failure-rate").state()).as("exactly one per cent").isEqualTo(INACTIVE);

            ended(1, FAILED, 1);
            Alert firing = now("failure-rate");
            assertThat(firing.state()).isEqualTo(FIRING);
            assertThat(firing.value()).isGreaterThan(0.019);
            assertThat(firing.threshold()).isEqualTo(0.01);
            assertThat(firing.summary()).isEqualTo("2 of 101 messages failed in the last 15m");

            assertThat(after(Duration.ofMinutes(17), "failure-rate").state())
                    .as("good, but not for five minutes")
                    .isEqualTo(FIRING);
            assertThat(after(Duration.ofMinutes(5), "failure-rate").state()).isEqualTo(INACTIVE);
        }

        @Test
        void of_too_few_messages_is_none() {
            ended(19, FAILED, 1);
            assertThat(now("failure-rate").state()).isEqualTo(INACTIVE);
            assertThat(alert("failure-rate").value()).isNull();
            ended(1, FAILED, 1);
            assertThat(now("failure-rate").state()).isEqualTo(FIRING);
        }

        @Test
        void that_goes_to_and_fro_does_not_make_the_alert_do_so() {
            ended(50, DELIVERED, 1);
            for (int minute = 0; minute < 60; minute++) {
                if (minute % 19 == 0) {
                    ended(1, FAILED, 1);
                }
                ended(2, DELIVERED, 1);
                alerts.evaluate();
                clock.pass(Duration.ofMinutes(1));
                if (minute > 0) {
                    assertThat(alert("failure-rate").since())
                            .as("minute %d", minute)
                            .isBefore(clock.instant().minusSeconds(60));
                }
            }
            assertThat(alert("failure-rate").state()).isEqualTo(FIRING);
        }
    }

    @Test
    void retry_rate_fires_above_five_per_cent_and_resolves() {
        ended(95, DELIVERED, 1);
        ended(5, DELIVERED, 2);
        assertThat(now("retry-rate").state()).as("exactly five per cent").isEqualTo(INACTIVE);
        ended(1, DELIVERED, 3);
        assertThat(now("retry-rate").state()).isEqualTo(FIRING);
        assertThat(alert("failure-rate").state()).isEqualTo(INACTIVE);

        after(Duration.ofMinutes(17), "retry-rate");
        assertThat(after(Duration.ofMinutes(5), "retry-rate").state()).isEqualTo(INACTIVE);
    }

    @Test
    void failed_unhandled_fires_after_five_minutes_and_resolves_when_somebody_retries() {
        api.send("agent-1", "hello");
        String id = executor.fails("WINDOW_NOT_FOUND");
        assertThat(after(Duration.ofMinutes(4), "failed-unhandled").state()).isEqualTo(INACTIVE);
        Alert firing = after(Duration.ofMinutes(1), "failed-unhandled");
        assertThat(firing.state()).isEqualTo(FIRING);
        assertThat(firing.value()).isGreaterThan(300);

        api.call().post("/api/v1/messages/" + id + "/retry").then().statusCode(202);
        assertThat(now("failed-unhandled").state()).isEqualTo(INACTIVE);
    }

    @Test
    void failed_unhandled_is_about_the_last_day_only() {
        api.send("agent-1", "hello");
        executor.fails("WINDOW_NOT_FOUND");
        assertThat(after(Duration.ofMinutes(6), "failed-unhandled").state()).isEqualTo(FIRING);
        assertThat(after(Duration.ofHours(23), "failed-unhandled").state()).isEqualTo(FIRING);
        assertThat(after(Duration.ofHours(1), "failed-unhandled").state()).isEqualTo(INACTIVE);
    }

    @Test
    void oldest_pending_fires_after_five_minutes_and_resolves_when_it_is_gone() {
        String id = api.send("agent-1", "hello");
        assertThat(after(Duration.ofMinutes(4), "oldest-pending").state()).isEqualTo(INACTIVE);
        assertThat(after(Duration.ofMinutes(1), "oldest-pending").state()).isEqualTo(PENDING);
        assertThat(after(Duration.ofSeconds(15), "oldest-pending").state()).isEqualTo(FIRING);

        api.delete("/api/v1/messages/" + id).then().statusCode(200);
        assertThat(now("oldest-pending").state()).isEqualTo(FIRING);
        assertThat(after(Duration.ofMinutes(1), "oldest-pending").state()).isEqualTo(INACTIVE);
    }

    @Test
    void oldest_pending_does_not_count_what_is_to_come_later() {
        api.post(
                        "/api/v1/messages",
                        "{\"recipient\":\"agent-1\",\"content\":\"later\",\"deliverAfter\":\""
                                + clock.instant().plus(Duration.ofHours(1)) + "\"}")
                .then()
                .statusCode(202);
        assertThat(after(Duration.ofMinutes(30), "oldest-pending").value()).isZero();
    }

    @Test
    void unconfirmed_fires_with_the_first_and_resolves_when_somebody_has_decided() {
        api.send("agent-1", "hello");
        String id = executor.doubts();
        Alert firing = now("unconfirmed");
        assertThat(firing.state()).isEqualTo(FIRING);
        assertThat(firing.value()).isEqualTo(1);

        api.post("/api/v1/messages/" + id + "/resolve", "{\"delivered\":true}")
                .then()
                .statusCode(200);
        now("unconfirmed");
        assertThat(after(Duration.ofSeconds(30), "unconfirmed").state()).isEqualTo(INACTIVE);
    }

    @Test
    void misrouted_fires_with_the_first_and_resolves_after_an_hour() {
        new TransactionTemplate(transactions)
                .executeWithoutResult(status -> events.publishEvent(new ReceiptRecorded(
                        "msg_1", Verdict.MISROUTED, Evidence.RECEIPT, "agent-1", "agent-2", Source.CODEX, true, true)));
        assertThat(now("misrouted").state()).isEqualTo(FIRING);
        assertThat(after(Duration.ofMinutes(59), "misrouted").state()).isEqualTo(FIRING);
        assertThat(after(Duration.ofMinutes(2), "misrouted").state()).isEqualTo(INACTIVE);
    }

    @Test
    void misrouted_does_not_count_what_was_rolled_back_or_came_whole() {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            events.publishEvent(new ReceiptRecorded(
                    "msg_1", Verdict.MISROUTED, Evidence.RECEIPT, "agent-1", "agent-2", Source.CODEX, true, true));
            status.setRollbackOnly();
        });
        new TransactionTemplate(transactions)
                .executeWithoutResult(status -> events.publishEvent(new ReceiptRecorded(
                        "msg_1", Verdict.WHOLE, Evidence.RECEIPT, "agent-1", "agent-1", Source.CODEX, true, true)));
        assertThat(now("misrouted").value()).isZero();
    }

    @Test
    void desktop_unavailable_fires_after_a_minute_and_resolves() {
        desktop.unavailable("the X server is gone");
        assertThat(now("desktop-unavailable").state()).isEqualTo(PENDING);
        Alert firing = after(Duration.ofMinutes(1), "desktop-unavailable");
        assertThat(firing.state()).isEqualTo(FIRING);
        assertThat(firing.summary()).isEqualTo("the desktop cannot be used: the X server is gone");

        desktop.unavailable(null);
        now("desktop-unavailable");
        assertThat(after(Duration.ofSeconds(30), "desktop-unavailable").state()).isEqualTo(INACTIVE);
    }

    /** As on PostgreSQL: another process could hold the station. */
    private void several_processes_share_the_database() {
        doReturn(true).when(lease).isShared();
    }

    @Test
    void a_desktop_to_which_another_delivers_is_no_alert_if_that_one_has_the_same_queue() {
        several_processes_share_the_database();
        desktop.takenByAnother("another Deskpost delivers to it");
        now("desktop-unavailable");
        assertThat(after(Duration.ofMinutes(10), "desktop-unavailable").state()).isEqualTo(INACTIVE);
        assertThat(alert("desktop-unavailable").value()).isNull();
        desktop.unavailable(null);
        await().until(() -> processor.state() != Processor.State.STANDBY);
    }

    @Test
    @DisabledIfSystemProperty(named = "deskpost.test.database", matches = "postgres", disabledReason = "it is shared")
    void a_desktop_to_which_another_delivers_is_one_if_nobody_else_has_this_queue() {
        desktop.takenByAnother("another Deskpost delivers to it");
        now("desktop-unavailable");
        Alert firing = after(Duration.ofMinutes(1), "desktop-unavailable");
        assertThat(firing.state()).isEqualTo(FIRING);
        assertThat(firing.summary()).isEqualTo("the desktop cannot be used: another Deskpost delivers to it");
        desktop.unavailable(null);
        await().until(() -> processor.state() != Processor.State.STANDBY);
    }

    @Test
    void a_paused_processor_may_be_silent() {
        Instant before = Objects.requireNonNull(processor.lastActivityAt());
        clock.pass(Duration.ofMinutes(10));
        alerts.evaluate();
        assertThat(processor.lastActivityAt()).isAfterOrEqualTo(before);
        assertThat(alert("processor-silent").state()).isEqualTo(INACTIVE);
        assertThat(alert("processor-silent").summary()).isEqualTo("the processor is paused");
    }

    @Nested
    class While_the_database_does_not_answer {

        @Test
        void that_is_an_alert_and_what_was_read_from_it_stays() throws Exception {
            api.send("agent-1", "hello");
            String id = executor.doubts();
            assertThat(now("unconfirmed").state()).isEqualTo(FIRING);

            desktop.unavailable("the X server is gone");
            now("unconfirmed");
            try (Busy busy = new Busy(monitoringExecutor)) {
                api.post("/api/v1/messages/" + id + "/resolve", "{\"delivered\":true}")
                        .then()
                        .statusCode(200);
                alerts.evaluate();
                assertThat(alert("database-unavailable").state()).isEqualTo(INACTIVE);
                clock.pass(Duration.ofSeconds(61));
                alerts.evaluate();
                assertThat(alert("database-unavailable").state())
                        .as("as after a sleep of the machine")
                        .isEqualTo(PENDING);
                clock.pass(Duration.ofSeconds(15));
                alerts.evaluate();
                assertThat(alert("database-unavailable").state()).isEqualTo(FIRING);
                clock.pass(Duration.ofHours(1));
                alerts.evaluate();
                assertThat(alert("unconfirmed").state()).isEqualTo(FIRING);
                assertThat(alert("unconfirmed").summary()).startsWith("the database has not been read since");
                assertThat(alert("desktop-unavailable").state())
                        .as("the others go on")
                        .isEqualTo(FIRING);
            }

            now("unconfirmed");
            after(Duration.ofSeconds(30), "unconfirmed");
            assertThat(alert("unconfirmed").state()).isEqualTo(INACTIVE);
            assertThat(alert("database-unavailable").state()).isEqualTo(INACTIVE);
        }
    }

    @Nested
    class Processor_silent {

        @Test
        void fires_when_nothing_was_done_for_a_minute_and_resolves_when_it_goes_on() throws Exception {
            api.post("/api/v1/queue/resume", "").then().statusCode(200);
            await().until(() -> processor.state() == Processor.State.RUNNING);
            try (Busy busy = new Busy(deliveryExecutor)) {
                clock.pass(Duration.ofSeconds(59));
                alerts.evaluate();
                assertThat(alert("processor-silent").state()).isEqualTo(INACTIVE);
                clock.pass(Duration.ofSeconds(2));
                alerts.evaluate();
                assertThat(alert("processor-silent").state()).isEqualTo(PENDING);
                clock.pass(Duration.ofSeconds(10));
                alerts.evaluate();
                assertThat(alert("processor-silent").state()).isEqualTo(FIRING);
                assertThat(alert("processor-silent").value()).isGreaterThan(70);
            }
            Instant now = clock.instant();
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            !Objects.requireNonNull(processor.lastActivityAt()).isBefore(now));
            now("processor-silent");
            assertThat(after(Duration.ofSeconds(30), "processor-silent").state())
                    .isEqualTo(INACTIVE);
        }
    }

    @Nested
    class Who_stands_by {

        @Test
        @DisabledIfSystemProperty(
                named = "deskpost.test.database",
                matches = "postgres",
                disabledReason = "it is shared")
        void with_a_queue_of_its_own_goes_on_to_alert() {
            api.send("agent-1", "hello");
            executor.doubts();
            api.post("/api/v1/queue/resume", "").then().statusCode(200);
            desktop.takenByAnother("another Deskpost delivers to it");
            await().atMost(Duration.ofSeconds(20)).until(() -> processor.state() == Processor.State.STANDBY);

            assertThat(now("unconfirmed").state()).isEqualTo(FIRING);
            assertThat(alerts.all()).extracting(Alert::summary).noneMatch(summary -> summary.contains("stands by"));

            desktop.unavailable(null);
            await().atMost(Duration.ofSeconds(20)).until(() -> processor.state() == Processor.State.RUNNING);
        }

        @Test
        void leaves_the_alerts_to_the_one_that_delivers_and_does_not_call_them_resolved() {
            several_processes_share_the_database();
            api.send("agent-1", "hello");
            executor.doubts();
            assertThat(now("unconfirmed").state()).isEqualTo(FIRING);

            api.post("/api/v1/queue/resume", "").then().statusCode(200);
            desktop.takenByAnother("another Deskpost delivers to it");
            await().atMost(Duration.ofSeconds(20)).until(() -> processor.state() == Processor.State.STANDBY);
            told.changes.clear();
            now("unconfirmed");
            assertThat(alerts.all())
                    .filteredOn(alert -> !alert.rule().equals("misrouted"))
                    .allSatisfy(alert -> {
                        assertThat(alert.state()).isEqualTo(INACTIVE);
                        assertThat(alert.value()).isNull();
                    });
            assertThat(told.changes)
                    .singleElement()
                    .satisfies(change -> assertThat(change.handedOver()).isTrue());

            desktop.unavailable(null);
            await().atMost(Duration.ofSeconds(20)).until(() -> processor.state() == Processor.State.RUNNING);
            await().until(lease::isHeld);
            assertThat(now("unconfirmed").state()).as("it is ours again").isEqualTo(FIRING);
        }
    }

    /** Keeps all threads of an executor, as something that hangs would, until it is closed. */
    private static final class Busy implements AutoCloseable {

        private final CountDownLatch end = new CountDownLatch(1);
        private final List<Future<Boolean>> tasks;

        Busy(ThreadPoolTaskScheduler executor) throws InterruptedException {
            int threads = executor.getScheduledThreadPoolExecutor().getCorePoolSize();
            CountDownLatch begun = new CountDownLatch(threads);
            tasks = Stream.generate(() -> executor.submit(() -> {
                        begun.countDown();
                        return end.await(60, TimeUnit.SECONDS);
                    }))
                    .limit(threads)
                    .toList();
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public void close() throws Exception {
            end.countDown();
            for (Future<Boolean> task : tasks) {
                assertThat(task.get(20, TimeUnit.SECONDS)).isTrue();
            }
        }
    }
}
