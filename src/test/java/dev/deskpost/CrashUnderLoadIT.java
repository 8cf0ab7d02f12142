package dev.deskpost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deskpost.fixtures.Database;
import dev.deskpost.fixtures.DeskpostProcess;
import dev.deskpost.fixtures.Ledger;
import dev.deskpost.fixtures.Ledger.Account;
import dev.deskpost.fixtures.Senders;
import dev.deskpost.fixtures.Targets;
import dev.deskpost.testing.DeskpostClient;
import dev.deskpost.testing.VirtualDisplay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * The service is killed, or stopped, while many clients send and messages are on their way: what was accepted is kept, and
 * by what the windows recorded nothing is lost, submitted twice or merged.
 *
 * <p>{@code -Plong} kills it often, at moments that chance chooses: {@code -Ddeskpost.test.seed=} repeats them.
 */
class CrashUnderLoadIT {

    private static final boolean LONG = Integer.getInteger("deskpost.test.messages", 0) > 0;
    private static final int KILLS = LONG ? 60 : 2;
    private static final int KILLS_OF_ACCEPTANCE = LONG ? 20 : 2;
    private static final int STOPS = LONG ? 10 : 1;
    private static final long SEED = Long.getLong("deskpost.test.seed", System.nanoTime());

    /** Until the kill of a service that has just been launched: mostly before its start is over. */
    private static final Duration LONGEST_START = Duration.ofSeconds(6);

    /** Until the kill of a service after its first delivery. */
    private static final Duration LONGEST_RUN = Duration.ofSeconds(1);

    /** More than it delivers in the meantime. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** What the service says when it has been told to end: from then on nothing new starts. */
    private static final String STOPPING = "Commencing graceful shutdown";

    /** The same for windows that answer late. */
    private static final Duration LONG_PAUSE = Duration.ofMillis(500);

    private static final int CLIENTS = 4;
    private static final int MANY_CLIENTS = 16;
    private static final int MOST_ACCEPTED = 500;
    private static final int WINDOWS = 4;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(5);

    @TempDir
    Path directory;

    private final Random chance = new Random(SEED);

    static Stream<Database> h2_or_all_if_long() {
        return Arrays.stream(Database.values()).filter(each -> LONG || each == Database.H2);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void killed_again_and_again_while_it_delivers(Database database) throws Exception {
        VirtualDisplay.assumeAvailable();
        try (VirtualDisplay display = VirtualDisplay.start();
                Targets targets = Targets.open(display, WINDOWS, 2);
                Victim service = new Victim(display, killable(database))) {
            Ledger ledger = new Ledger(database + ", killed under load, seed " + SEED, targets);
            // Where drafts are ignored, a text that was left behind would merge with the next
            for (String name : targets.names()) {
                targets.register(service.client(), name, name.equals("agent-1") ? "preserve" : "ignore");
            }
            targets.answerLate(chance, 5, 60);
            try (Senders unused = Senders.start(ledger, service.client(), targets.names(), CLIENTS, PAUSE)) {
                while (service.kills < KILLS) {
                    int before = ledger.recorded().size();
                    await("a delivery")
                            .pollInterval(LOOK)
                            .atMost(LIMIT)
                            .until(() -> ledger.recorded().size() > before);
                    service.killAfter(upTo(LONGEST_RUN));
                    if (chance.nextInt(4) == 0) {
                        service.killAfter(upTo(LONGEST_START));
                    }
                    service.awaitStart();
                }
            }
            Account account = ledger.account(service.client());

            System.out.println(account + "; kills " + service.kills);
            assertNothingWrong(account);
            assertThat(account.delivered()).isPositive();
        }
    }

    /** What is killed and started again on the same port, so that its clients need not know. */
    private static final class Victim implements AutoCloseable {

        private final VirtualDisplay display;
        private final Path home;
        private final String[] arguments;
        private DeskpostProcess process;
        private int kills;

        Victim(VirtualDisplay display, String... arguments) {
            this.display = display;
            this.home = display.directory().resolve("home");
            this.arguments = arguments;
            launch();
            awaitStart();
        }

        private void launch() {
            process = DeskpostProcess.launchStoppable(display, home, arguments);
        }

        void awaitStart() {
            process.awaitStart();
        }

        DeskpostClient client() {
            return process.client();
        }

        void killAfter(Duration time) {
            assertThat(process.runsFor(time))
                    .as("ended by itself: %s", process.log())
                    .isTrue();
            process.kill();
            kills++;
            launch();
        }

        @Override
        public void close() {
            process.close();
        }
    }

    @ParameterizedTest
    @MethodSource("h2_or_all_if_long")
    void killed_while_many_clients_send_it_keeps_all_that_it_has_accepted(Database database) {
        Path home = directory.resolve("home");
        Ledger ledger = new Ledger(database + ", killed while it accepts, seed " + SEED, Targets.none());
        String[] arguments = arguments(database);
        DeskpostProcess service = DeskpostProcess.startWithoutDesktop(home, arguments);
        try {
            service.client().put("/recipients/nobody", "{\"window\":{\"title\":\"^nobody$\"}}");
            for (int i = 0; i < KILLS_OF_ACCEPTANCE; i++) {
                int enough = ledger.accepted() + 1 + chance.nextInt(MOST_ACCEPTED);
                try (Senders unused =
                        Senders.start(ledger, service.client(), List.of("nobody"), MANY_CLIENTS, Duration.ofNanos(1))) {
                    await().pollInterval(LOOK).atMost(LIMIT).until(() -> ledger.accepted() >= enough);
                    service.kill();
                }
                service = DeskpostProcess.startWithoutDesktop(home, arguments);
                assertThat(ledger.forgotten(service.client())).isEmpty();
            }
            System.out.println(ledger.run() + ": kills " + KILLS_OF_ACCEPTANCE + ", accepted " + ledger.accepted()
                    + ", forgotten 0");
        } finally {
            service.close();
        }
    }

    @ParameterizedTest
    @MethodSource("h2_or_all_if_long")
    void stopped_while_it_delivers_it_ends_the_running_attempt_and_starts_no_other(Database database) {
        VirtualDisplay.assumeAvailable();
        try (VirtualDisplay display = VirtualDisplay.start();
                Targets targets = Targets.open(display, WINDOWS, 2);
                Victim service = new Victim(display, killable(database))) {
            Ledger ledger = new Ledger(database + ", stopped under load", targets);
            targets.register(service.client());
            // So that the signal comes in the middle of an attempt, and most wait
            targets.answerLate(chance, 150, 300);
            List<Stop> stops = new ArrayList<>();
            for (int i = 0; i < STOPS; i++) {
                stops.add(stopUnderLoad(service, ledger, targets));
                service.launch();
                service.awaitStart();
            }
            Account account = ledger.account(service.client());

            System.out.println(account + "; stops " + STOPS);
            assertNothingWrong(account);
            assertThat(account.tally().messages()).allSatisfy(message -> {
                assertThat(message.get("state").asString()).isEqualTo("DELIVERED");
                JsonNode attempts =
                        service.client().get("/messages/" + message.get("id").asString() + "/attempts");
                assertThat(attempts.findValuesAsString("code"))
                        .as("no attempt was cut off: %s", attempts)
                        .doesNotContain("INTERRUPTED");
                assertThat(attempts.findValuesAsString("startedAt"))
                        .as("none was started while it stopped: %s", attempts)
                        .noneMatch(started -> stops.stream().anyMatch(stop -> stop.saw(Instant.parse(started))));
            });
        }
    }

    /** From when the service has said that it stops until it had ended. */
    private record Stop(Instant said, Instant ended) {

        boolean saw(Instant time) {
            return time.isAfter(said) && time.isBefore(ended);
        }
    }

    private static Stop stopUnderLoad(Victim service, Ledger ledger, Targets targets) {
        int enough = ledger.recorded().size() + 5;
        try (Senders unused = Senders.start(ledger, service.client(), targets.names(), CLIENTS, LONG_PAUSE)) {
            await().pollInterval(LOOK)
                    .atMost(LIMIT)
                    .until(() -> ledger.recorded().size() >= enough);
            service.process.terminate();
            service.process.awaitSaid(STOPPING, LIMIT);
            Stop stop = new Stop(Instant.now(), service.process.awaitStop());
            System.out.println(ledger.run() + ": stopped in "
                    + Duration.between(stop.said(), stop.ended()).toMillis() + " ms");
            return stop;
        }
    }

    private static void assertNothingWrong(Account account) {
        assertThat(account.tally().findings()).isEmpty();
        assertThat(account.forgotten()).isEmpty();
        assertThat(account.delivered() + account.tally().unconfirmed()).isEqualTo(account.accepted() + account.found());
    }

    /** On a port of its own; messages are tried as often as it is killed, and soon. */
    private static String[] killable(Database database) {
        return arguments(
                database,
                "--server.port=" + freePort(),
                "--deskpost.delivery.retry-delays=50ms",
                "--deskpost.message.max-attempts=100");
    }

    private static String[] arguments(Database database, String... more) {
        return Stream.concat(database.newOne().stream(), Stream.of(more)).toArray(String[]::new);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Duration upTo(Duration longest) {
        return Duration.ofMillis(chance.nextLong(longest.toMillis()));
    }
}
