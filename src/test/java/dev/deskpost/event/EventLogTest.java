package dev.deskpost.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.event.EventLog.Batch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventLogTest {

    private static final int KEPT = 100;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final EventLog log =
            new EventLog(new EventProperties(KEPT, 1, Duration.ofSeconds(15), Duration.ofSeconds(1)));

    private void add(int from, int to) {
        for (int number = from; number <= to; number++) {
            log.add(new Event(Event.Type.STEP, null, Map.of("n", number)));
        }
    }

    private Batch after(EventPosition position) {
        try {
            return log.after(position, Duration.ZERO);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Object> numbers(Batch batch) {
        return batch.entries().stream()
                .map(entry -> (Object) entry.event().data().get("n"))
                .toList();
    }

    @Test
    void who_goes_on_from_a_position_gets_exactly_what_came_after_it() {
        add(1, 3);
        EventPosition position = log.end();
        add(4, 6);

        Batch batch = after(position);
        assertThat(numbers(batch)).containsExactly(4, 5, 6);
        assertThat(batch.missed()).isFalse();
        assertThat(numbers(after(batch.next()))).isEmpty();
        assertThat(numbers(after(batch.entries().get(1).position()))).containsExactly(6);
    }

    @Test
    void a_position_survives_being_written_and_read() {
        add(1, 3);
        EventPosition position = EventPosition.parse(log.end().toString()).orElseThrow();
        add(4, 4);
        assertThat(numbers(after(position))).containsExactly(4);
    }

    @Test
    void the_oldest_that_is_kept_can_be_reached_and_nothing_before_it() {
        EventPosition start = log.end();
        add(1, KEPT);
        assertThat(after(start).missed()).isFalse();
        assertThat(numbers(after(start))).hasSize(KEPT);

        EventPosition first = after(start).entries().get(0).position();
        add(KEPT + 1, KEPT + 1);
        assertThat(after(start).missed()).isTrue();
        assertThat(after(first).missed()).isFalse();
        assertThat(numbers(after(first))).hasSize(KEPT).startsWith(2).endsWith(KEPT + 1);
    }

    @Test
    void who_missed_something_is_told_so_once_and_goes_on_from_the_end() {
        EventPosition start = log.end();
        add(1, KEPT + 5);
        Batch told = after(start);
        assertThat(told.entries()).isEmpty();
        add(200, 200);
        assertThat(numbers(after(told.next()))).containsExactly(200);
    }

    @Test
    void positions_of_another_log_or_of_none_are_not_known() {
        add(1, 3);
        for (String strange : List.of(
                "00000000-2",
                log.end().epoch() + "-99",
                log.end().epoch() + "-",
                log.end().epoch() + "--1",
                log.end().epoch() + "-9999999999999999999999",
                "\u0663",
                "-",
                "null")) {
            assertThat(after(EventPosition.parse(strange).orElseThrow()).missed())
                    .as(strange)
                    .isTrue();
        }
        assertThat(EventPosition.parse("")).isEmpty();
        assertThat(EventPosition.parse(null)).isEmpty();
    }

    @Test
    void a_gap_is_missed_by_those_before_it_and_not_by_those_after_it() {
        add(1, 2);
        EventPosition before = log.end();
        log.addGap();
        assertThat(after(before).missed()).isTrue();
        EventPosition after = log.end();
        add(3, 3);
        assertThat(numbers(after(after))).containsExactly(3);
        assertThat(after(before).missed()).isTrue();
    }

    @Test
    void who_waits_is_woken_by_the_next_event() throws Exception {
        EventPosition end = log.end();
        CompletableFuture<Batch> waiting = waitFor(end);
        add(1, 1);
        assertThat(numbers(waiting.get(20, TimeUnit.SECONDS))).containsExactly(1);
    }

    @Test
    void who_waits_is_woken_by_the_end() throws Exception {
        CompletableFuture<Batch> waiting = waitFor(log.end());
        log.close();
        assertThat(waiting.get(20, TimeUnit.SECONDS).entries()).isEmpty();
        assertThat(log.awaitClosed(LONG)).isTrue();
    }

    private CompletableFuture<Batch> waitFor(EventPosition position) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return log.after(position, LONG);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }
}
