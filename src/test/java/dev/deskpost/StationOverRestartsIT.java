package dev.deskpost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deskpost.fixtures.CrashPoint;
import dev.deskpost.fixtures.Database;
import dev.deskpost.fixtures.DeskpostProcess;
import dev.deskpost.fixtures.Postgres;
import dev.deskpost.fixtures.Targets;
import dev.deskpost.testing.VirtualDisplay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What a station is told stays, however its process ends; and who stood by for it goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StationOverRestartsIT {

    private static final boolean LONG = Integer.getInteger("deskpost.test.messages", 0) > 0;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** A machine that starts another service meanwhile may let nobody be heard of for seconds. */
    private static final String LEASE = "--deskpost.station-lease=10s";

    private VirtualDisplay display;

    @BeforeAll
    void open() {
        VirtualDisplay.assumeAvailable();
        display = VirtualDisplay.start();
    }

    @AfterAll
    void close() {
        if (display != null) {
            display.close();
        }
    }

    static Stream<Database> h2_or_all_if_long() {
        return Arrays.stream(Database.values()).filter(each -> LONG || each == Database.H2);
    }

    @ParameterizedTest
    @MethodSource("h2_or_all_if_long")
    void a_paused_station_stays_paused_after_a_restart_and_after_kill_9(Database given, @TempDir Path home) {
        String[] database = given.newOne().toArray(String[]::new);
        try (DeskpostProcess deskpost = start(home, database)) {
            deskpost.client().post("/queue/pause", "");
            deskpost.stop();
        }
        try (DeskpostProcess deskpost = start(home, database)) {
            assertThat(deskpost.client().get("/queue").get("paused").asBoolean())
                    .isTrue();
            deskpost.client().post("/queue/drain", "");
            deskpost.kill();
        }
        try (DeskpostProcess deskpost = start(home, database)) {
            JsonNode queue = deskpost.client().get("/queue");
            assertThat(queue.get("paused").asBoolean()).isFalse();
            assertThat(queue.get("reason").asString()).contains("drains");
            deskpost.client().post("/queue/resume", "");
            deskpost.kill();
        }
        try (DeskpostProcess deskpost = start(home, database)) {
            await().atMost(LIMIT).until(() -> deskpost.state().equals("RUNNING"));
            assertThat(deskpost.client().get("/queue").get("reason").isNull()).isTrue();
        }
    }

    @Test
    void of_two_on_one_postgres_the_second_takes_over_when_the_first_is_killed(@TempDir Path homes) {
        Postgres.assumeAvailable();
        String[] database = Postgres.emptyDatabase().arguments();
        try (DeskpostProcess one = start(homes.resolve("one"), database)) {
            await().atMost(LIMIT).until(() -> one.state().equals("RUNNING"));
            try (DeskpostProcess two = start(homes.resolve("two"), database)) {
                await().atMost(LIMIT).until(() -> two.state().equals("STANDBY"));
                assertThat(two.client().get("/queue").get("reason").asString())
                        .isEqualTo("another Deskpost holds the station 'main'");

                one.kill();

                await().atMost(LIMIT).until(() -> two.state().equals("RUNNING"));
            }
        }
    }

    @Test
    void who_was_stopped_for_longer_than_the_lease_finds_another_in_its_place_and_stands_by(@TempDir Path homes) {
        Postgres.assumeAvailable();
        String[] database = Postgres.emptyDatabase().arguments();
        try (VirtualDisplay elsewhere = VirtualDisplay.start();
                DeskpostProcess one = start(homes.resolve("one"), database)) {
            await().atMost(LIMIT).until(() -> one.state().equals("RUNNING"));
            try (DeskpostProcess two = start(elsewhere, homes.resolve("two"), database)) {
                await().atMost(LIMIT).until(() -> two.state().equals("STANDBY"));

                one.signal("STOP");
                await().atMost(LIMIT).until(() -> two.state().equals("RUNNING"));
                one.signal("CONT");

                await().atMost(LIMIT).until(() -> one.state().equals("STANDBY"));
                assertThat(two.state()).isEqualTo("RUNNING");
            }
        }
    }

    /** The last is the moment before the submit keys. */
    static Stream<CrashPoint> the_last_point_or_all_if_long() {
        return Stream.of(CrashPoint.PASTING_DURABLE, CrashPoint.PASTED, CrashPoint.SUBMITTING_NOT_DURABLE)
                .filter(each -> LONG || each == CrashPoint.SUBMITTING_NOT_DURABLE);
    }

    @ParameterizedTest
    @MethodSource("the_last_point_or_all_if_long")
    void who_was_stopped_in_the_middle_of_a_delivery_does_not_submit_what_another_has_delivered(
            CrashPoint point, @TempDir Path homes) {
        Postgres.assumeAvailable();
        String[] arguments = Stream.concat(
                        Stream.of(LEASE, "--deskpost.delivery.retry-delays=50ms"),
                        Stream.of(Postgres.emptyDatabase().arguments()))
                .toArray(String[]::new);
        try (VirtualDisplay elsewhere = VirtualDisplay.start();
                Targets here = Targets.open(display, 1, 1);
                Targets there = Targets.open(elsewhere, 1, 1);
                DeskpostProcess one = DeskpostProcess.startStoppable(display, homes.resolve("one"), arguments)) {
            await().atMost(LIMIT).until(() -> one.state().equals("RUNNING"));
            here.register(one.client());
            try (DeskpostProcess two = DeskpostProcess.startStoppable(elsewhere, homes.resolve("two"), arguments)) {
                await().atMost(LIMIT).until(() -> two.state().equals("STANDBY"));
                one.stopAt(point);
                String id = two.client().send("agent-1", "only once");
                one.awaitStopAt(point);

                one.signal("STOP");
                await().atMost(LIMIT)
                        .until(() ->
                                two.client().message(id).get("state").asString().equals("DELIVERED"));
                one.signal("CONT");
                one.goOn();
                await().atMost(LIMIT).until(() -> one.state().equals("STANDBY"));

                assertThat(there.process("agent-1").submitted("agent-1")).containsExactly("only once");
                assertThat(here.process("agent-1").submitted("agent-1")).isEmpty();
                assertThat(here.input("agent-1")).as("left in the input box").isEmpty();
                assertThat(two.client()
                                .get("/messages/" + id + "/attempts")
                                .get("attempts")
                                .findValuesAsString("outcome"))
                        .containsExactly("NOT_SENT", "DELIVERED");
            }
        }
    }

    private DeskpostProcess start(Path home, String... database) {
        return start(display, home, database);
    }

    private static DeskpostProcess start(VirtualDisplay display, Path home, String... database) {
        return DeskpostProcess.start(
                display,
                home,
                Stream.concat(Stream.of(LEASE), Stream.of(database)).toArray(String[]::new));
    }
}
