package dev.deskpost.monitoring.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.monitoring.alert.AlertChanged;
import dev.deskpost.station.StationProperties;
import dev.deskpost.testing.Receiver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class NotifierTest {

    private final Receiver programs = new Receiver();
    private final Receiver discord = new Receiver();
    private Notifier notifier;

    @BeforeEach
    void start() {
        notifier = new Notifier(
                new NotificationProperties(
                        List.of(
                                Samples.webhook(
                                        programs.url("/token-1"), Webhook.Format.STANDARD, Duration.ofSeconds(10)),
                                Samples.webhook(
                                        discord.url("/token-2"), Webhook.Format.DISCORD, Duration.ofSeconds(10))),
                        Samples.quick(3, 100)),
                new StationProperties("desk-7", Duration.ofSeconds(15)),
                new NotificationMetrics(new SimpleMeterRegistry()),
                new SystemDefaultDnsResolver(),
                Samples.JSON,
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        programs.close();
        discord.close();
        notifier.close();
    }

    @Test
    void every_webhook_and_the_log_are_told(CapturedOutput log) {
        notifier.on(Samples.changed("failure-rate", true, "4 of 200 messages failed"));
        notifier.on(Samples.changed("failure-rate", false, "0 of 200 messages failed"));

        assertThat(programs.awaitCalls(2))
                .extracting(got -> Samples.JSON.readTree(got.body()).at("/type").asString())
                .containsExactly("alert.firing", "alert.resolved");
        assertThat(programs.got())
                .extracting(got ->
                        Samples.JSON.readTree(got.body()).at("/data/station").asString())
                .containsOnly("desk-7");
        assertThat(discord.awaitCalls(2))
                .allSatisfy(got -> assertThat(got.headers()).doesNotContainKey("webhook-signature"));
        assertThat(log)
                .containsPattern("WARN.*The alert 'failure-rate' is firing: 4 of 200 messages failed")
                .containsPattern("INFO.*The alert 'failure-rate' is resolved: 0 of 200 messages failed");
    }

    @Test
    void one_that_does_not_answer_does_not_keep_the_other_waiting() {
        programs.hold();
        notifier.on(Samples.changed("failure-rate", true, "bad"));
        notifier.on(Samples.changed("failure-rate", false, "good"));
        assertThat(discord.awaitCalls(2)).hasSize(2);
    }

    @Test
    void nobody_is_told_of_what_another_process_looks_after() {
        AlertChanged resolved = Samples.changed("unconfirmed", false, "elsewhere");
        notifier.on(new AlertChanged(resolved.alert(), resolved.from(), true));
        notifier.on(Samples.changed("failure-rate", true, "bad"));
        assertThat(programs.awaitCalls(1).get(0).body()).contains("failure-rate");
    }

    @Test
    void the_log_names_neither_address_nor_secret(CapturedOutput log) {
        programs.answers(500).answers(404);
        discord.answers(302, "Location", "https://example.com/token-3");
        notifier.on(Samples.changed("failure-rate", true, "bad"));
        programs.awaitCalls(2);
        Receiver.until(() ->
                log.getOut().contains("webhook-0 was not told") && log.getOut().contains("webhook-1 was not told"));
        assertThat(log.getAll())
                .doesNotContain("token-", ":" + programs.port(), Samples.SECRET)
                .contains("it answered 404", "redirects are not followed");
    }
}
