package dev.deskpost.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deskpost.delivery.AttemptFinished;
import dev.deskpost.delivery.FailureCode;
import dev.deskpost.fixtures.HandClock;
import dev.deskpost.message.Trigger;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeliveryMetricsTest {

    private final HandClock clock = new HandClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final DeliveryMetrics metrics = new DeliveryMetrics(registry, clock);

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    private Timer timer(String name, String... tags) {
        return registry.get(name).tags(tags).timer();
    }

    @Test
    void a_delivery_counts_with_its_channel_and_its_evidence() {
        clock.pass(Duration.ofMillis(40));
        metrics.on(Attempted.first().delivered());
        metrics.on(Attempted.first().intoInbox());

        assertThat(count("deskpost.deliveries", "outcome", "delivered", "channel", "window", "evidence", "paste"))
                .isEqualTo(1);
        assertThat(count("deskpost.deliveries", "outcome", "delivered", "channel", "inbox", "evidence", "none"))
                .isEqualTo(1);
        assertThat(count("deskpost.attempts", "trigger", "first", "outcome", "delivered", "code", "none"))
                .isEqualTo(2);
        assertThat(timer("deskpost.attempt.duration", "outcome", "delivered", "evidence", "paste")
                        .totalTime(TimeUnit.MILLISECONDS))
                .isCloseTo(Attempted.TOOK.toMillis(), within(1e-6));
        assertThat(timer("deskpost.delivery.latency", "trigger", "first").totalTime(TimeUnit.MILLISECONDS))
                .as("two, each accepted 40 ms ago")
                .isCloseTo(80, within(1e-6));
    }

    @Test
    void a_failure_counts_as_a_delivery_only_when_no_other_try_follows() {
        metrics.on(Attempted.first().notSent(FailureCode.WINDOW_NOT_FOUND));
        assertThat(count("deskpost.deliveries", "outcome", "failed")).isZero();

        metrics.on(Attempted.again(3, clock.instant()).failed(FailureCode.WINDOW_NOT_FOUND));

        assertThat(count("deskpost.deliveries", "outcome", "failed")).isEqualTo(1);
        assertThat(count("deskpost.attempts", "trigger", "first", "code", "window_not_found"))
                .isEqualTo(1);
        assertThat(count("deskpost.attempts", "trigger", "retry", "code", "window_not_found"))
                .isEqualTo(1);
    }

    @Test
    void doubt_counts_as_unconfirmed() {
        metrics.on(Attempted.first().unconfirmed());
        assertThat(count("deskpost.deliveries", "outcome", "unconfirmed", "evidence", "paste"))
                .isEqualTo(1);
        assertThat(count("deskpost.attempts", "outcome", "unconfirmed", "code", "not_confirmed", "trigger", "first"))
                .isEqualTo(1);
    }

    @Test
    void what_comes_again_because_the_try_before_did_not_count_is_no_retry() {
        metrics.on(Attempted.first().notSent(FailureCode.DESKTOP_IN_USE));
        metrics.on(Attempted.again(1, clock.instant()).delivered());
        assertThat(count("deskpost.attempts", "trigger", "postponed", "outcome", "delivered"))
                .isEqualTo(1);
        assertThat(count("deskpost.attempts", "trigger", "retry", "outcome", "delivered"))
                .isZero();
    }

    @Test
    void a_sender_waits_for_all_tries_and_a_person_from_when_they_asked() {
        clock.pass(Duration.ofSeconds(20));
        metrics.on(Attempted.again(2, clock.instant()).delivered());
        assertThat(timer("deskpost.delivery.latency", "trigger", "retry").totalTime(TimeUnit.SECONDS))
                .isEqualTo(20);

        metrics.on(new Attempted(Trigger.REPLAY, 1, clock.instant().minusSeconds(3)).delivered());
        assertThat(timer("deskpost.delivery.latency", "trigger", "replay").totalTime(TimeUnit.SECONDS))
                .isEqualTo(3);
    }

    @Test
    void each_step_is_timed_from_the_one_before() {
        metrics.on(Attempted.first().delivered());
        assertThat(timer("deskpost.attempt.step", "step", "locked").totalTime(TimeUnit.MILLISECONDS))
                .isCloseTo(1, within(1e-6));
        assertThat(timer("deskpost.attempt.step", "step", "focused").totalTime(TimeUnit.MILLISECONDS))
                .isCloseTo(3, within(1e-6));
        assertThat(timer("deskpost.attempt.step", "step", "clicked").count()).isZero();
    }

    @Test
    void an_attempt_that_was_cut_off_is_counted_and_not_timed_however_it_is_settled() {
        metrics.on(resumed(Attempted.first().notSent(FailureCode.INTERRUPTED)));
        metrics.on(resumed(Attempted.first().unconfirmed()));
        metrics.on(resumed(Attempted.first().delivered()));
        for (String code : List.of("interrupted", "not_confirmed", "none")) {
            assertThat(count("deskpost.attempts", "trigger", "first", "code", code))
                    .isEqualTo(1);
        }
        assertThat(registry.get("deskpost.attempt.duration").timers())
                .allSatisfy(timer -> assertThat(timer.count()).isZero());
        assertThat(timer("deskpost.attempt.step", "step", "found").count()).isZero();
    }

    private static AttemptFinished resumed(AttemptFinished finished) {
        return new AttemptFinished(
                finished.claim(), finished.outcome(), finished.isFinal(), finished.took(), finished.steps(), true);
    }

    @Test
    void whatever_happens_no_series_appears_that_was_not_there_before_and_nothing_names_anybody() {
        List<Meter.Id> before = ids();

        for (FailureCode code : FailureCode.values()) {
            metrics.on(Attempted.first().notSent(code));
        }
        metrics.on(Attempted.first().delivered());
        metrics.on(Attempted.first().intoInbox());
        metrics.on(Attempted.first().unconfirmed());
        metrics.on(Attempted.again(1, clock.instant()).delivered());

        assertThat(ids().stream().filter(id -> !before.contains(id)))
                .as("only doubts that a test calls not sent")
                .allSatisfy(id -> assertThat(id.getTag("outcome")).isEqualTo("not_sent"));
        assertThat(ids().toString()).doesNotContain("msg_", "agent-2", "alice", "nobody else may read");
    }

    private List<Meter.Id> ids() {
        return registry.getMeters().stream().map(Meter::getId).toList();
    }
}
