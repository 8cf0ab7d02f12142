package dev.deskpost.desktop.x11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.desktop.x11.wire.Authority;
import dev.deskpost.desktop.x11.wire.DisplayName;
import dev.deskpost.desktop.x11.wire.XEvent.DestroyNotify;
import dev.deskpost.desktop.x11.wire.XServer;
import dev.deskpost.testing.VirtualDisplay;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two programs that were asked at the server's times 1 and 2. */
class DebtorsTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private VirtualDisplay display;
    private XServer ours;
    private XServer first;
    private XServer second;
    private int firsts;
    private int seconds;
    private Debtors debtors;

    @BeforeEach
    void ask_both() throws IOException {
        VirtualDisplay.assumeAvailable();
        display = VirtualDisplay.start();
        ours = client();
        first = client();
        second = client();
        firsts = window(first);
        seconds = window(second);
        debtors = new Debtors(ours, new Programs(ours, new WindowReader(ours, new Atoms(ours))));
        debtors.owes(firsts, 1);
        debtors.owes(seconds, 2);
        ours.sync();
    }

    @AfterEach
    void close_the_display() {
        if (display != null) {
            display.close();
        }
    }

    private XServer client() throws IOException {
        return XServer.connect(DisplayName.parse(display.display()), Authority.read(display.authority()), LIMIT);
    }

    private static int window(XServer program) {
        int window = program.createInputOnlyWindow(0);
        program.sync();
        return window;
    }

    @Test
    void both_owe_an_answer() {
        assertThat(debtors.isOneAsking(window(first))).isTrue();
        assertThat(debtors.isOneAsking(window(second))).isTrue();
        assertThat(debtors.isOneAsking(window(ours))).isFalse();
    }

    @Test
    void who_answers_pays_for_itself_alone() {
        debtors.answers(1);
        assertThat(debtors.isOneAsking(window(first))).isFalse();
        assertThat(debtors.isOneAsking(window(second))).isTrue();
    }

    @Test
    void an_answer_to_another_question_pays_nothing() {
        debtors.answers(3);
        assertThat(debtors.isOneAsking(window(first))).isTrue();
        assertThat(debtors.isOneAsking(window(second))).isTrue();
    }

    @Test
    void who_has_ended_owes_nothing_and_we_hear_of_it() {
        first.close();
        assertThat(ours.nextEvent(LIMIT))
                .containsInstanceOf(DestroyNotify.class)
                .hasValueSatisfying(event -> debtors.forget(((DestroyNotify) event).window()));
        assertThat(debtors.isOneAsking(firsts)).isFalse();
        assertThat(debtors.isOneAsking(seconds)).isTrue();
    }
}
