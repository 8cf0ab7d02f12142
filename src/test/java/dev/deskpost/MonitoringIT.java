package dev.deskpost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deskpost.fixtures.MetricNames;
import dev.deskpost.fixtures.Station;
import dev.deskpost.testing.DebianProgram;
import dev.deskpost.testing.DebianProgram.Result;
import dev.deskpost.testing.VirtualDisplay;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Prometheus gets from a service that has delivered something, as its own tool judges it. */
@TestInstance(Lifecycle.PER_CLASS)
class MonitoringIT {

    private static final int MESSAGES = 20;

    private Station station;
    private String scrape;

    @BeforeAll
    void deliver_something(@TempDir Path home) throws Exception {
        VirtualDisplay.assumeAvailable();
        station = new Station(home, 2, "--deskpost.monitoring.refresh=100ms");
        station.send("to be measured", MESSAGES, i -> "message " + i);
        scrape = station.client().text("/actuator/prometheus");
    }

    @AfterAll
    void close() {
        if (station != null) {
            station.close();
        }
    }

    /** The value of the one series that begins so. */
    private double value(String series) {
        return scrape.lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .reduce((one, other) -> {
                    throw new AssertionError("several series begin with " + series);
                })
                .orElseThrow(() -> new AssertionError("no series begins with " + series));
    }

    @Test
    void prometheus_finds_nothing_to_complain_about() {
        // A second scrape has what the first has left behind: the metrics of HTTP
        String again = station.client().text("/actuator/prometheus");
        Result result = DebianProgram.required("promtool", "prometheus").run(Path.of("."), again, "check", "metrics");
        assertThat(again).contains("http_server_requests_seconds_count", "deskpost_deliveries_total");
        assertThat(result.output()).isEmpty();
        assertThat(result.exit()).isZero();
    }

    @Test
    void each_message_was_counted_once_and_every_step_timed() {
        assertThat(value("deskpost_deliveries_total{channel=\"window\",evidence=\"paste\",outcome=\"delivered\""))
                .isEqualTo(MESSAGES);
        assertThat(value("deskpost_deliveries_total{channel=\"none\",evidence=\"none\",outcome=\"failed\""))
                .isZero();
        assertThat(value("deskpost_messages_accepted_total")).isEqualTo(MESSAGES);
        assertThat(value("deskpost_messages_moved_total{state=\"delivered\"")).isEqualTo(MESSAGES);
        assertThat(value("deskpost_attempt_duration_seconds_count{evidence=\"paste\",outcome=\"delivered\""))
                .isEqualTo(MESSAGES);
        assertThat(value("deskpost_attempt_step_seconds_count{step=\"submitted\""))
                .isEqualTo(MESSAGES);
        assertThat(value("deskpost_clipboard_offers_total{time=\"first\"")).isEqualTo(MESSAGES);
        assertThat(value("deskpost_wait_seconds_count{wait=\"fetch\"")).isGreaterThanOrEqualTo(MESSAGES);
        assertThat(value("deskpost_success_rate")).isEqualTo(1);
    }

    @Test
    void it_tells_that_all_is_well() {
        assertThat(value("deskpost_processor_state{state=\"running\"")).isEqualTo(1);
        assertThat(value("deskpost_processor_heartbeat_age_seconds")).isBetween(0.0, 10.0);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            scrape = station.client().text("/actuator/prometheus");
            assertThat(value("deskpost_desktop_available")).isEqualTo(1);
            assertThat(value("deskpost_queue_messages{state=\"pending\"")).isZero();
            assertThat(value("deskpost_queue_messages{state=\"processing\"")).isZero();
        });
        assertThat(scrape.lines().filter(line -> line.startsWith("deskpost_delivery_waits{")))
                .isNotEmpty()
                .allMatch(line -> line.endsWith(" 0.0"));
    }

    @Test
    void nothing_in_it_names_a_message_or_a_recipient() {
        assertThat(scrape).doesNotContain("msg_", "to be measured");
        assertThat(station.targets().names())
                .isNotEmpty()
                .allSatisfy(recipient -> assertThat(scrape).doesNotContain(recipient));
    }

    @ParameterizedTest
    @ValueSource(strings = {"deskpost.rules.yml", "deskpost.rules.test.yml", "grafana-dashboard.json"})
    void rules_and_dashboard_ask_for_nothing_that_is_not_there(String file) throws IOException {
        Set<String> asked = MetricNames.in(Path.of("docs/monitoring", file));
        assertThat(asked).hasSizeGreaterThan(5);
        assertThat(MetricNames.of(scrape)).containsAll(asked);
    }
}
