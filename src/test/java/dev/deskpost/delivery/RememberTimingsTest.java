package dev.deskpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.delivery.AdaptiveTimeouts.Timing;
import dev.deskpost.delivery.AdaptiveTimeouts.Wait;
import dev.deskpost.desktop.InMemoryDesktop;
import dev.deskpost.fixtures.RealDatabase;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@RealDatabase
@Import(MeasuredWaits.class)
class RememberTimingsTest {

    private static final Duration FLOOR = Duration.ofMillis(250);
    private static final Duration CEILING = Duration.ofSeconds(5);

    @Autowired
    private MeasuredWaits measured;

    @Autowired
    private JdbcClient database;

    /** What a process knows of its waits, and its way to the next one. */
    private record Running(AdaptiveTimeouts timeouts, RememberTimings memory) {}

    @BeforeEach
    void forget_everything() {
        database.sql("delete from timing").update();
    }

    private Running start() {
        AdaptiveTimeouts timeouts = new AdaptiveTimeouts(new TimingProperties(
                FLOOR, CEILING, FLOOR, CEILING, FLOOR, CEILING, FLOOR, CEILING, FLOOR, CEILING, FLOOR, CEILING,
                CEILING));
        RememberTimings memory = new RememberTimings(timeouts, measured, new InMemoryDesktop());
        memory.read();
        return new Running(timeouts, memory);
    }

    private void learn(Running process, Wait wait, long millis) {
        for (int i = 0; i < 20; i++) {
            process.timeouts().met(wait, Duration.ofMillis(millis));
        }
    }

    @Test
    void the_first_start_knows_nothing() {
        assertThat(start().timeouts().timing(Wait.FOCUS)).isEqualTo(new Timing(null, CEILING));
    }

    @Test
    void a_restart_knows_what_was_measured_before() {
        Running first = start();
        learn(first, Wait.FOCUS, 400);
        learn(first, Wait.FETCH, 800);
        first.memory().write();

        AdaptiveTimeouts next = start().timeouts();
        assertThat(next.timing(Wait.FOCUS)).isEqualTo(first.timeouts().timing(Wait.FOCUS));
        assertThat(next.timing(Wait.FETCH)).isEqualTo(first.timeouts().timing(Wait.FETCH));
        assertThat(next.timing(Wait.SUBMIT).p95()).isNull();
    }

    @Test
    void what_comes_later_is_added_to_it() {
        Running first = start();
        learn(first, Wait.FOCUS, 400);
        first.memory().write();
        Running second = start();
        learn(second, Wait.FOCUS, 800);
        second.memory().write();

        AdaptiveTimeouts third = start().timeouts();
        assertThat(third.timing(Wait.FOCUS)).isEqualTo(second.timeouts().timing(Wait.FOCUS));
        assertThat(database.sql("select count(*) from timing")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void damaged_content_is_measured_anew_and_the_rest_is_kept() {
        Running first = start();
        learn(first, Wait.FOCUS, 400);
        learn(first, Wait.FETCH, 800);
        first.memory().write();
        database.sql("update timing set measured = 'HISTFAAA' where name = 'focus'")
                .update();

        Running second = start();
        assertThat(second.timeouts().timing(Wait.FOCUS).p95()).isNull();
        assertThat(second.timeouts().timing(Wait.FETCH).p95()).isNotNull();
        learn(second, Wait.FOCUS, 10);
        second.memory().write();
        assertThat(start().timeouts().timing(Wait.FOCUS).p95()).isNotNull();
    }

    @Test
    void another_desktop_does_not_know_it() {
        Running first = start();
        learn(first, Wait.FOCUS, 400);
        first.memory().write();
        database.sql("update timing set desktop = 'elsewhere:0'").update();
        assertThat(start().timeouts().timing(Wait.FOCUS).p95()).isNull();
    }
}
