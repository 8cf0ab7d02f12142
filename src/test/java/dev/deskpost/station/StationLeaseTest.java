package dev.deskpost.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deskpost.fixtures.Postgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On a real PostgreSQL, whose clock counts; those of the processes are turned by hand, or stand still. */
class StationLeaseTest {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(600);

    /** Where it must not be lost by a machine that stands still for a moment. */
    private static final Duration SAFE = Duration.ofSeconds(6);

    private static final Duration SOON = Duration.ofSeconds(30);

    @BeforeAll
    static void on_postgres() {
        Postgres.assumeAvailable();
    }

    @Test
    void of_many_that_race_for_it_exactly_one_holds_it() throws Exception {
        try (Processes processes = new Processes(LONG)) {
            for (int round = 0; round < 10; round++) {
                List<StationLease> all = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    all.add(processes.start());
                }
                CyclicBarrier start = new CyclicBarrier(all.size());
                ExecutorService threads = Executors.newFixedThreadPool(all.size());
                List<Future<Boolean>> answers = all.stream()
                        .map(each -> threads.submit(() -> {
                            start.await();
                            return each.hold();
                        }))
                        .toList();
                int holders = 0;
                for (Future<Boolean> answer : answers) {
                    holders += answer.get() ? 1 : 0;
                }
                threads.shutdown();
                assertThat(holders).as("holders in round %d", round).isEqualTo(1);
                assertThat(all).filteredOn(StationLease::isHeld).hasSize(1);
                assertThat(all.get(0).epoch()).isEqualTo(round + 1);
                all.forEach(StationLease::end);
            }
        }
    }

    @Test
    void who_was_stopped_for_longer_than_the_lease_knows_it_before_it_asks_anybody() {
        try (Processes processes = new Processes(LONG)) {
            AtomicLong clock = new AtomicLong();
            StationLease stopped = processes.start(clock);
            assertThat(stopped.hold()).isTrue();

            clock.set(LONG.toMillis() - 1);
            assertThat(stopped.isHeld()).isTrue();
            clock.set(LONG.toMillis());
            assertThat(stopped.isHeld()).isFalse();

            assertThat(stopped.hold()).as("nobody took it meanwhile").isTrue();
            assertThat(stopped.epoch()).as("and so it never changed hands").isEqualTo(1);
        }
    }

    @Test
    void another_takes_it_when_the_database_says_so_whatever_its_own_clock_says() {
        try (Processes processes = new Processes(SHORT)) {
            StationLease other = processes.start(new AtomicLong(Long.MAX_VALUE / 2));
            processes
                    .database()
                    .sql("update station set holder = 'killed', epoch = 1,"
                            + " expires_at = current_timestamp + interval '1 hour'")
                    .update();
            assertThat(other.hold()).isFalse();

            processes
                    .database()
                    .sql("update station set expires_at = current_timestamp")
                    .update();
            await().atMost(SOON).until(other::hold);
            assertThat(other.epoch()).isEqualTo(2);
            assertThat(other.isHeld()).isTrue();
        }
    }

    @Test
    void one_whose_clock_stands_still_hears_from_the_database_that_it_has_lost_it() {
        try (Processes processes = new Processes(SHORT)) {
            StationLease lost = processes.start(new AtomicLong(1_000_000));
            assertThat(lost.hold()).isTrue();
            processes
                    .database()
                    .sql("update station set holder = 'another', expires_at = current_timestamp + interval '1 hour'")
                    .update();

            await("its next beat").atMost(Duration.ofSeconds(10)).until(() -> !lost.isHeld());
        }
    }

    @Test
    void the_heart_keeps_it_and_who_waits_gets_it_when_it_is_given_back() {
        try (Processes processes = new Processes(SAFE)) {
            StationLease one = processes.start();
            StationLease two = processes.start();
            assertThat(one.hold()).isTrue();
            assertThat(two.hold()).isFalse();

            await("longer than it was given")
                    .during(SAFE.plusSeconds(1))
                    .atMost(SOON)
                    .until(one::isHeld);
            assertThat(two.isHeld()).isFalse();
            assertThat(one.epoch()).isEqualTo(1);

            one.end();

            assertThat(one.isHeld()).isFalse();
            await("without asking again").atMost(Duration.ofSeconds(10)).until(two::isHeld);
            assertThat(one.hold()).as("it has ended").isFalse();
        }
    }

    @Test
    void who_lets_go_does_not_take_it_back_by_itself() {
        try (Processes processes = new Processes(SHORT)) {
            StationLease one = processes.start();
            StationLease two = processes.start();
            one.hold();
            two.hold();

            one.letGo();

            assertThat(one.isHeld()).isFalse();
            await().atMost(Duration.ofSeconds(10)).until(two::isHeld);
        }
    }

    @Test
    void without_the_database_it_is_lost_when_it_has_run_out() {
        try (Processes processes = new Processes(SHORT)) {
            StationLease one = processes.start();
            assertThat(one.hold()).isTrue();

            processes.database().sql("alter table station rename to gone").update();

            await().atMost(Duration.ofSeconds(10)).until(() -> !one.isHeld());
            processes.database().sql("alter table gone rename to station").update();
            await("its heart goes on").atMost(Duration.ofSeconds(10)).until(one::isHeld);
        }
    }

    @Test
    void all_processes_of_a_station_have_one_mode() {
        try (Processes processes = new Processes(LONG)) {
            StationMode one = processes.mode();
            StationMode two = processes.mode();

            one.pause("somebody asked for it");
            two.look();

            assertThat(two.mode()).isEqualTo(Mode.PAUSED);
            assertThat(two.reason()).contains("somebody asked for it");
            assertThat(processes.mode().mode()).as("of one that starts later").isEqualTo(Mode.PAUSED);
        }
    }
}
