package dev.deskpost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.CrashPoint;
import dev.deskpost.fixtures.CrashPoint.Fate;
import dev.deskpost.fixtures.Database;
import dev.deskpost.fixtures.DeskpostProcess;
import dev.deskpost.fixtures.Ledger;
import dev.deskpost.fixtures.Ledger.Account;
import dev.deskpost.fixtures.Targets;
import dev.deskpost.testing.DeskpostClient;
import dev.deskpost.testing.VirtualDisplay;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * The service is killed at each step of an attempt, at exactly that step, and started again on the same home: by what its
 * windows recorded, no message is lost, none is submitted twice and none is merged with another.
 *
 * <p>{@code -Plong} does it several times, over every database.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("h2_or_all_if_long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashIT {

    private static final boolean LONG = Integer.getInteger("deskpost.test.messages", 0) > 0;
    private static final int ROUNDS = LONG ? 3 : 1;
    private static final String DRAFT = "half a thought ";

    @Parameter
    private Database database;

    private String[] arguments;

    private Path home;
    private VirtualDisplay display;
    private Targets targets;
    private DeskpostProcess service;
    private int sent;

    static Stream<Database> h2_or_all_if_long() {
        return Arrays.stream(Database.values()).filter(each -> LONG || each == Database.H2);
    }

    @BeforeParameterizedClassInvocation
    void open_two_windows(Database given) {
        VirtualDisplay.assumeAvailable();
        database = given;
        // The next try is soon
        arguments = Stream.concat(given.newOne().stream(), Stream.of("--deskpost.delivery.retry-delays=50ms"))
                .toArray(String[]::new);
        display = VirtualDisplay.start();
        home = display.directory().resolve("home");
        targets = Targets.open(display, 2, 1);
        service = start();
        targets.register(service.client());
    }

    @AfterParameterizedClassInvocation
    void close_them() {
        if (service != null) {
            service.close();
        }
        if (targets != null) {
            targets.close();
        }
        if (display != null) {
            display.close();
        }
    }

    static Stream<CrashPoint> every_point() {
        return IntStream.range(0, ROUNDS).boxed().flatMap(round -> Arrays.stream(CrashPoint.values()));
    }

    @ParameterizedTest
    @MethodSource("every_point")
    void a_message_whose_service_is_killed_is_accounted_for(CrashPoint point) {
        Ledger ledger = new Ledger(database + ", killed at " + point, targets);
        // Where drafts are ignored, a text that was left behind would merge with the next
        targets.register(service.client(), "agent-1", point.needsDraft() ? "preserve" : "ignore");
        targets.process("agent-1").draft("agent-1", point.needsDraft() ? DRAFT : "");
        String id = killAt(point, ledger);
        service = start();
        send(ledger, "agent-1", "sent after the kill");
        send(ledger, "agent-2", "sent after the kill");
        Account account = ledger.account(service.client());

        System.out.println(account);
        assertThat(account.tally().findings()).isEmpty();
        assertThat(account.forgotten()).isEmpty();
        assertThat(account.unknown()).isZero();
        assertFate(point.fate(), id, ledger);
        assertThat(account.delivered())
                .isEqualTo(account.accepted() - account.tally().unconfirmed());
        assertThat(targets.input("agent-1")).as("left in the input box").isEmpty();
    }

    /** @return the message that was on its way */
    private String killAt(CrashPoint point, Ledger ledger) {
        CrashPoint first = point == CrashPoint.TAKEN_BACK ? CrashPoint.PASTED : point;
        service.stopAt(first);
        String id = send(ledger, "agent-1", "on its way");
        send(ledger, "agent-1", "waiting behind it");
        send(ledger, "agent-2", "waiting for another");
        service.awaitStopAt(first);
        service.kill();
        if (point != first) {
            service = launch();
            service.stopAt(point);
            service.awaitStart().awaitStopAt(point);
            service.kill();
        }
        return id;
    }

    private void assertFate(Fate fate, String id, Ledger ledger) {
        DeskpostClient client = service.client();
        JsonNode message = client.message(id);
        List<JsonNode> attempts = client.get("/messages/" + id + "/attempts")
                .get("attempts")
                .valueStream()
                .toList();
        long copies = ledger.recorded().stream()
                .filter(message.get("content").asString()::equals)
                .count();
        String told = message + ", attempts " + attempts;
        boolean unconfirmed = fate == Fate.UNCONFIRMED_NOT_SUBMITTED || fate == Fate.UNCONFIRMED_SUBMITTED;
        assertThat(message.get("state").asString()).as(told).isEqualTo(unconfirmed ? "UNCONFIRMED" : "DELIVERED");
        assertThat(copies).as(told).isEqualTo(fate == Fate.UNCONFIRMED_NOT_SUBMITTED ? 0 : 1);
        List<JsonNode> before = attempts.subList(0, attempts.size() - 1);
        assertThat(before)
                .as(told)
                .allMatch(attempt -> attempt.get("outcome").asString().equals("NOT_SENT"))
                .allMatch(
                        attempt -> attempt.get("failure").get("code").asString().equals("INTERRUPTED"));
        switch (fate) {
            case TRIED_AGAIN -> assertThat(before).as(told).hasSizeLessThanOrEqualTo(1);
            case INTERRUPTED -> assertThat(before).as(told).hasSizeBetween(1, 2);
            default -> assertThat(before).as(told).isEmpty();
        }
    }

    private String send(Ledger ledger, String recipient, String what) {
        String text = ledger.run() + ", " + recipient + ", " + what + ", " + sent++;
        return ledger.post(service.client(), recipient, text).orElseThrow();
    }

    private DeskpostProcess start() {
        return launch().awaitStart();
    }

    private DeskpostProcess launch() {
        return DeskpostProcess.launchStoppable(display, home, arguments);
    }
}
