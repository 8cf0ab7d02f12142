package dev.deskpost.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.RealDatabase;
import dev.deskpost.recipient.RecipientSettings.WindowRule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

@RealDatabase
@RecordApplicationEvents
class RecipientsTest {

    @Autowired
    Recipients recipients;

    @Test
    void nobody_is_there_at_first() {
        assertThat(recipients.all()).isEmpty();
        assertThat(recipients.exists("agent-1")).isFalse();
        assertThat(recipients.find("agent-1")).isEmpty();
    }

    @Nested
    class Written_down {

        @Test
        void a_recipient_is_found_and_ready_to_be_delivered_to() {
            assertThat(recipients.put("agent-1", named("Agent 1"))).as("is new").isTrue();

            assertThat(recipients.exists("agent-1")).isTrue();
            assertThat(recipients.settings("agent-1")).contains(named("Agent 1"));
            assertThat(recipients.find("agent-1"))
                    .get()
                    .returns("agent-1", Recipient::id)
                    .returns(true, Recipient::enabled);
        }

        @Test
        void again_it_is_replaced_as_a_whole() {
            recipients.put("agent-1", named("Agent 1"));

            assertThat(recipients.put("agent-1", named(null))).as("is new").isFalse();

            assertThat(recipients.settings("agent-1")).contains(named(null));
            assertThat(recipients.all()).hasSize(1);
        }

        @Test
        void they_are_listed_by_id() {
            recipients.put("agent-2", named(null));
            recipients.put("agent-10", named(null));
            recipients.put("Agent-1", named(null));

            assertThat(recipients.all())
                    .extracting(Recipients.Entry::id)
                    .containsExactly("Agent-1", "agent-10", "agent-2");
        }

        @Test
        void the_longest_settings_fit() {
            RecipientSettings longest = new RecipientSettings(
                    "\"".repeat(200),
                    true,
                    new WindowRule("\"".repeat(500), "\"".repeat(200), "\"".repeat(500)),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    "\"".repeat(2000),
                    "\"".repeat(1000),
                    null,
                    null,
                    null,
                    null,
                    null);

            recipients.put("agent-1", longest);

            assertThat(recipients.settings("agent-1")).contains(longest);
        }

        @Test
        void it_is_announced(@Autowired ApplicationEvents events) {
            recipients.put("agent-1", named(null));

            assertThat(events.stream(RecipientChanged.class)).containsExactly(new RecipientChanged("agent-1"));
        }

        @Test
        void by_several_at_once_one_has_made_it_and_the_others_have_replaced_it() throws Exception {
            for (int round = 0; round < 10; round++) {
                String id = "agent-" + round;

                List<Boolean> isNew = atOnce(4, number -> recipients.put(id, named("by " + number)));

                assertThat(isNew).containsOnlyOnce(true).hasSize(4);
                assertThat(recipients.settings(id).orElseThrow().displayName()).startsWith("by ");
            }
        }
    }

    @Nested
    class Removed {

        @Test
        void it_is_gone() {
            recipients.put("agent-1", named(null));

            assertThat(recipients.remove("agent-1")).as("was there").isTrue();

            assertThat(recipients.exists("agent-1")).isFalse();
            assertThat(recipients.remove("agent-1")).as("was there").isFalse();
        }

        @Test
        void by_several_at_once_one_has_removed_it() throws Exception {
            for (int round = 0; round < 10; round++) {
                recipients.put("agent-1", named(null));

                assertThat(atOnce(4, number -> recipients.remove("agent-1")))
                        .containsOnlyOnce(true)
                        .hasSize(4);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "nobody", "agent 1", "-agent", "agent/1", "é", "agent\u0000", "\uD800"})
    void a_name_that_nobody_has_is_no_error(String id) {
        assertThat(recipients.exists(id)).isFalse();
        assertThat(recipients.find(id)).isEmpty();
        assertThat(recipients.settings(id)).isEmpty();
        assertThat(recipients.remove(id)).isFalse();
    }

    private static RecipientSettings named(String displayName) {
        return new RecipientSettings(displayName, null, new WindowRule("^Agent", null, null), null);
    }

    private interface Work<T> {
        T by(int number) throws Exception;
    }

    private static <T> List<T> atOnce(int threads, Work<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                running.add(pool.submit(() -> {
                    start.await();
                    return work.by(number);
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
