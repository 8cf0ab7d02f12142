package dev.deskpost.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deskpost.fixtures.RunningService;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The table of metrics in the code, that in the documentation, and what a running service has. */
@RunningService
class MetricTest {

    @Autowired
    private MeterRegistry registry;

    @Test
    void the_documentation_has_the_same_table() throws IOException {
        List<String> documented;
        try (Stream<String> lines = Files.lines(Path.of("docs/operations.md"))) {
            documented = lines.filter(line -> line.startsWith("| `deskpost.")).toList();
        }
        assertThat(documented)
                .containsExactlyElementsOf(
                        Arrays.stream(Metric.values()).map(MetricTest::row).toList());
    }

    private static String row(Metric metric) {
        String tags = metric.tags().stream().map(tag -> "`" + tag + "`").collect(Collectors.joining(", "));
        return Stream.of(
                        "`" + metric.key() + "`",
                        metric.kind().name().toLowerCase(Locale.ROOT),
                        tags,
                        metric.description())
                .map(cell -> cell.isEmpty() ? " |" : " " + cell + " |")
                .collect(Collectors.joining("", "|", ""));
    }

    @Test
    void a_running_service_has_all_of_them_from_the_start_and_no_others() {
        assertThat(ours().map(id -> id.getName()).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Metric.values()).map(Metric::key).toList());
    }

    @Test
    void a_running_service_has_them_as_they_are_described() {
        assertThat(ours()).allSatisfy(id -> {
            Metric metric = Arrays.stream(Metric.values())
                    .filter(one -> one.key().equals(id.getName()))
                    .findAny()
                    .orElseThrow();
            assertThat(id.getType()).isEqualTo(metric.kind().type());
            assertThat(id.getDescription()).isEqualTo(metric.description());
            assertThat(id.getTags().stream().map(Tag::getKey)).containsExactlyInAnyOrderElementsOf(metric.tags());
        });
    }

    @Test
    void the_values_of_tags_are_words_of_closed_sets() {
        assertThat(ours().flatMap(id -> id.getTags().stream()))
                .allSatisfy(tag -> assertThat(tag.getValue()).matches("[a-z][a-z_-]*"));
    }

    @Test
    void none_is_registered_as_something_else() {
        SimpleMeterRegistry other = new SimpleMeterRegistry();
        assertThatThrownBy(() -> Metric.DELIVERIES.counter(other, "delivered"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Metric.STATION_HELD.counter(other)).isInstanceOf(IllegalArgumentException.class);
        assertThat(other.getMeters()).isEmpty();
    }

    private Stream<Meter.Id> ours() {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> Objects.requireNonNull(id.getName()).startsWith("deskpost."));
    }
}
