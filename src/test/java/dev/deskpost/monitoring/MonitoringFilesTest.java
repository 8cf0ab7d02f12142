package dev.deskpost.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.testing.DebianProgram;
import dev.deskpost.testing.DebianProgram.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What docs/monitoring hands out, looked at with the tools that will read it. */
class MonitoringFilesTest {

    private static final Path FILES = Path.of("docs/monitoring");

    @Nested
    class Prometheus {

        private static Result promtool(Path directory, String... arguments) {
            return DebianProgram.required("promtool", "prometheus").run(directory, "", arguments);
        }

        @Test
        void each_alert_fires_and_does_not_fire() {
            Result result = promtool(FILES, "test", "rules", "deskpost.rules.test.yml");
            assertThat(result.exit()).as(result.output()).isZero();
        }

        @Test
        void the_test_of_the_rules_leaves_none_out() throws IOException {
            String test = Files.readString(FILES.resolve("deskpost.rules.test.yml"));
            String readme = Files.readString(FILES.resolve("README.md"));
            List<String> alerts = Files.readAllLines(FILES.resolve("deskpost.rules.yml")).stream()
                    .filter(line -> line.contains("- alert: "))
                    .map(line -> line.replace("- alert: ", "").strip())
                    .toList();
            assertThat(alerts).hasSizeGreaterThanOrEqualTo(9).allSatisfy(alert -> {
                assertThat(test)
                        .as("firing")
                        .containsPattern("alertname: " + alert + "\\n +exp_alerts:\\n +- exp_labels");
                assertThat(test).as("not firing").containsPattern("\\{eval_time: \\w+, alertname: " + alert + "\\}");
                assertThat(readme).contains("| `" + alert + "` |");
            });
        }

        @Test
        void the_configuration_is_sound(@TempDir Path directory) throws IOException {
            copy("prometheus.yml", directory);
            copy("deskpost.rules.yml", directory);
            Files.writeString(directory.resolve("deskpost.token"), "secret");

            Result result = promtool(directory, "check", "config", "prometheus.yml");

            assertThat(result.exit()).as(result.output()).isZero();
            assertThat(result.output()).contains("rules found").doesNotContain("WARNING");
        }

        @Test
        void it_would_see_a_rule_that_is_broken(@TempDir Path directory) throws IOException {
            String rules = Files.readString(FILES.resolve("deskpost.rules.yml"));
            Files.writeString(directory.resolve("deskpost.rules.yml"), rules.replace("> 300", "> 30000"));
            copy("deskpost.rules.test.yml", directory);
            assertThat(promtool(directory, "test", "rules", "deskpost.rules.test.yml")
                            .exit())
                    .isNotZero();
        }
    }

    @Test
    void the_routes_of_the_alertmanager_are_sound() {
        Result result = DebianProgram.optional("amtool", "prometheus-alertmanager")
                .run(FILES, "", "check-config", "alertmanager.yml");
        assertThat(result.exit()).as(result.output()).isZero();
    }

    @Nested
    class The_dashboard {

        private final JsonNode dashboard = JsonMapper.shared().readTree(FILES.resolve("grafana-dashboard.json"));
        private final List<JsonNode> panels =
                dashboard.get("panels").valueStream().toList();

        @Test
        void is_of_a_schema_that_grafana_9_and_newer_read() {
            assertThat(dashboard.get("schemaVersion").asInt()).isEqualTo(37);
            assertThat(dashboard.get("title").asString()).isEqualTo("Deskpost");
            assertThat(dashboard.has("id"))
                    .as("the number of one that was exported")
                    .isFalse();
            assertThat(dashboard.get("uid").asString()).matches("[a-z0-9-]{1,40}");
        }

        @Test
        void has_panels_with_ids_of_their_own_that_do_not_overlap() {
            assertThat(panels).extracting(panel -> panel.get("id").asInt()).doesNotHaveDuplicates();
            boolean[][] taken = new boolean[200][24];
            assertThat(panels).hasSizeGreaterThan(10).allSatisfy(panel -> {
                JsonNode place = panel.get("gridPos");
                int x = place.get("x").asInt();
                int y = place.get("y").asInt();
                for (int row = y; row < y + place.get("h").asInt(); row++) {
                    for (int column = x; column < x + place.get("w").asInt(); column++) {
                        assertThat(taken[row][column])
                                .as("%s at %s,%s", panel.get("title"), column, row)
                                .isFalse();
                        taken[row][column] = true;
                    }
                }
            });
        }

        @Test
        void asks_the_data_source_that_one_chooses() {
            JsonNode variables = dashboard.get("templating").get("list");
            assertThat(variables.get(0).get("name").asString()).isEqualTo("datasource");
            assertThat(variables.get(0).get("type").asString()).isEqualTo("datasource");
            assertThat(variables.get(0).get("query").asString()).isEqualTo("prometheus");
            assertThat(questions())
                    .as("each names it, and there are no others")
                    .allSatisfy(question -> assertThat(
                                    question.get("datasource").get("uid").asString())
                            .isEqualTo("${datasource}"));
        }

        @Test
        void asks_what_prometheus_understands(@TempDir Path directory) throws IOException {
            StringBuilder rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
            questions()
                    .forEach(question -> rules.append("      - record: asked\n        expr: >-\n          ")
                            .append(question.get("expr")
                                    .asString()
                                    .replace("$__rate_interval", "1m")
                                    .replace("$__range", "1h")
                                    .replace("$instance", ".*"))
                            .append('\n'));
            Files.writeString(directory.resolve("rules.yml"), rules);

            Result result = DebianProgram.required("promtool", "prometheus")
                    .run(directory, "", "check", "rules", "--lint=none", "rules.yml");

            assertThat(result.exit()).as(result.output()).isZero();
        }

        private List<JsonNode> questions() {
            List<JsonNode> all = panels.stream()
                    .flatMap(
                            panel -> panel.has("targets") ? panel.get("targets").valueStream() : Stream.empty())
                    .toList();
            assertThat(all).hasSizeGreaterThan(20);
            return all;
        }
    }

    private static void copy(String name, Path directory) throws IOException {
        Files.copy(FILES.resolve(name), directory.resolve(name));
    }
}
