package dev.deskpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventStreamTest {

    private final EventStream stream = new EventStream();

    @Test
    void an_event_ends_with_an_empty_line() {
        assertThat(events("id: e-1", "event: step", "data: {\"a\":1}")).isEmpty();
        assertThat(events("")).containsExactly(new Event("step", "e-1", "{\"a\":1}"));
        assertThat(stream.lastEventId()).isEqualTo("e-1");
    }

    @Test
    void lines_of_data_belong_together() {
        assertThat(events("data: one", "data:two", "data:  three", "data", ""))
                .containsExactly(new Event("message", "", "one\ntwo\n three\n"));
    }

    @Test
    void comments_and_unknown_fields_are_nothing() {
        assertThat(events(":", ": still here", "", "colour: red", "event: step", ""))
                .isEmpty();
        assertThat(events("data: x", "")).containsExactly(new Event("message", "", "x"));
    }

    @Test
    void the_id_stays_until_there_is_another() {
        assertThat(events("id: 1", "data: x", "", "data: y", "", "id", "data: z", ""))
                .extracting(Event::id)
                .containsExactly("1", "1", "");
    }

    @Test
    void an_event_that_was_cut_off_is_forgotten_with_its_id() {
        events("id: 1", "data: x", "", "id: 2", "event: step", "data: half");

        stream.begin();

        assertThat(stream.lastEventId()).isEqualTo("1");
        assertThat(events("data: y", "")).containsExactly(new Event("message", "1", "y"));
    }

    @Test
    void an_id_without_data_counts() {
        events("id: 7", "");

        assertThat(stream.lastEventId()).isEqualTo("7");
    }

    @Test
    void an_id_that_cannot_be_sent_back_is_no_id() {
        events("id: 1", "data: x", "", "id: a\u0000b", "data: y", "");

        assertThat(stream.lastEventId()).isEqualTo("1");
    }

    @Test
    void a_byte_order_mark_at_the_beginning_is_nothing() {
        assertThat(events("\uFEFFdata: x", "")).containsExactly(new Event("message", "", "x"));
    }

    @Test
    void the_service_says_how_long_to_wait() {
        assertThat(stream.retry()).isEmpty();
        events("retry: 1500", "retry: soon");
        assertThat(stream.retry()).contains(Duration.ofMillis(1500));
    }

    private List<Event> events(String... lines) {
        return Stream.of(lines).flatMap(line -> stream.take(line).stream()).toList();
    }
}
