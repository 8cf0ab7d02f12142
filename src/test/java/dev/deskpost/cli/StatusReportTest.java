package dev.deskpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusReportTest {

    private static final Instant NOW = Instant.parse("2026-11-21T19:05:00Z");

    private static final String WELL = """
            {"pending":3,"processing":1,"failed":2,"unconfirmed":0,"oldestPendingAt":"2026-11-21T19:04:48Z",
             "paused":false,"reason":null,
             "processor":{"state":"RUNNING","startedAt":"2026-11-21T17:02:00Z","lastActivityAt":"2026-11-21T19:04:59Z",
                          "current":{"id":"msg_1","step":"FOCUSED"}},
             "desktop":{"available":true,"kind":"x11","display":":0","reason":null},"timings":{}}
            """;

    @Test
    void all_flows_although_some_have_failed() {
        StatusReport report =
                report(WELL, "{\"status\":\"UP\",\"components\":{\"db\":{\"status\":\"UP\"}}}", "{\"alerts\":[]}");

        assertThat(report.needs()).isEmpty();
        assertThat(report.lines())
                .extracting(StatusReportTest::text)
                .containsExactly(
                        "processor  RUNNING, started 2 h 3 min ago, last active 1 s ago",
                        "now        msg_1 at step FOCUSED",
                        "desktop    x11 :0, available",
                        "queue      3 pending (the oldest for 12 s), 1 processing, 2 failed, 0 unconfirmed",
                        "health     UP",
                        "alerts     none firing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "state":"RUNNING"  | "state":"PAUSED"     | the processor is PAUSED
                    "state":"RUNNING"  | "state":"STOPPED"    | the processor is STOPPED
                    "available":true   | "available":false    | the desktop is unavailable
                    "unconfirmed":0    | "unconfirmed":1      | 1 unconfirmed: look at the windows, then resolve or retry them
                    """)
    void a_person_is_needed(String well, String bad, String need) {
        StatusReport report = report(WELL.replace(well, bad), "{\"status\":\"UP\"}", "{\"alerts\":[]}");

        assertThat(report.needs()).containsExactly(need);
        assertThat(report.allFlows()).isFalse();
    }

    @Test
    void a_bad_health_says_where() {
        StatusReport report = report(
                WELL,
                "{\"status\":\"DOWN\",\"components\":{\"db\":{\"status\":\"UP\"},\"diskSpace\":{\"status\":\"DOWN\"}}}",
                "{\"alerts\":[]}");

        assertThat(report.needs()).containsExactly("the health of the delivery is DOWN (diskSpace)");
    }

    @Test
    void only_firing_alerts_count() {
        StatusReport report = report(WELL, "{\"status\":\"UP\"}", """
                {"alerts":[{"rule":"retry-rate","state":"PENDING","since":null},{"rule":"misrouted","state":"INACTIVE"},
                 {"rule":"failure-rate","state":"FIRING","summary":"2 % failed","since":"2026-11-21T19:00:00Z"}]}
                """);

        assertThat(report.needs()).containsExactly("alert failure-rate: 2 % failed, for 5 min 0 s");
    }

    @Test
    void what_another_version_does_not_tell_is_no_bad_news() {
        StatusReport report =
                StatusReport.of(Fields.parse(WELL).orElseThrow(), Optional.empty(), Optional.empty(), NOW);

        assertThat(report.allFlows()).isTrue();
    }

    private static StatusReport report(String queue, String health, String alerts) {
        return StatusReport.of(Fields.parse(queue).orElseThrow(), Fields.parse(health), Fields.parse(alerts), NOW);
    }

    private static String text(java.util.List<Words> line) {
        return line.stream().map(Words::text).reduce("", String::concat);
    }
}
