package dev.deskpost.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.Window;
import dev.deskpost.desktop.WindowId;
import dev.deskpost.desktop.WindowSelector;
import dev.deskpost.recipient.RecipientSettings.InputPoint;
import dev.deskpost.recipient.RecipientSettings.WindowRule;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearnWindowTest {

    private static final Bounds PLACE = new Bounds(100, 200, 400, 300);
    private static long ids;

    private static Window window(String title) {
        return window(title, "Cursor", "cursor");
    }

    private static Window window(String title, String windowClass, String process) {
        return new Window(new WindowId(++ids), title, windowClass, 1L, process, Instant.EPOCH, PLACE, false);
    }

    private static WindowRule learn(Window window, String agent, Window... others) {
        List<Window> all = Stream.concat(Stream.of(window), Stream.of(others)).toList();
        return LearnWindow.rule(window, agent, all).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Agent-1 - main.py - Cursor | ^Agent-1\\b
                    agent 1                    | ^agent 1\\b
                    AGENT1: busy               | ^AGENT1\\b
                    main.py - Agent_1 - Cursor | \\bAgent_1\\b
                    """)
    void the_agents_name_as_the_title_spells_it_comes_first(String title, String rule) {
        assertThat(learn(window(title), "Agent-1", window("Agent-2"), window("Agent-10")))
                .isEqualTo(new WindowRule(rule, "Cursor", "^cursor$"));
    }

    @Test
    void a_longer_number_is_another_agent() {
        Window ten = window("Agent-10");
        assertThat(learn(ten, "Agent-1")).isEqualTo(new WindowRule(null, "Cursor", "^cursor$"));
        WindowRule one = learn(window("Agent-1"), "Agent-1", ten);
        assertThat(WindowSelector.of(one.title(), one.windowClass(), one.process())
                        .matches(ten))
                .isFalse();
    }

    @Test
    void class_and_process_are_enough_where_nobody_else_has_both() {
        assertThat(learn(window("bash", "XTerm", "xterm"), "Agent-1", window("Agent-2"), window("x", "XTerm", "other")))
                .isEqualTo(new WindowRule(null, "XTerm", "^xterm$"));
    }

    @Test
    void the_whole_title_is_the_last_resort_and_means_itself_only() {
        Window odd = window("a.b (c) [\\d+] $1 *");
        WindowRule rule = learn(odd, "Agent-1", window("aXb (c) [\\d+] $1 *"));
        assertThat(rule.title()).startsWith("^").endsWith("$");
        assertThat(WindowSelector.of(rule.title(), null, null).matches(odd)).isTrue();
    }

    @Test
    void twins_cannot_be_told_apart() {
        Window one = window("Cursor");
        assertThat(LearnWindow.rule(one, "Agent-1", List.of(one, window("Cursor"))))
                .isEmpty();
        Window named = window("Agent-1");
        assertThat(LearnWindow.rule(named, "Agent-1", List.of(named, window("Agent-1"))))
                .isEmpty();
    }

    @Test
    void a_window_that_says_nothing_of_itself_has_its_title_only() {
        assertThat(learn(window("T", "", ""), "Agent-1", window("U", "", "")))
                .isEqualTo(new WindowRule("^T$", null, null));
    }

    @Test
    void names_beyond_ascii_have_no_word_boundaries() {
        Window window = window("Агент-é");
        assertThat(learn(window, "Агент-é").title()).isEqualTo("^Агент-é");
    }

    @Test
    void a_point_in_the_lower_half_counts_from_the_lower_edge() {
        assertThat(LearnWindow.input(new Point(140, 480), PLACE)).isEqualTo(new InputPoint(40, -20, RelativeTo.WINDOW));
        assertThat(LearnWindow.input(new Point(140, 230), PLACE)).isEqualTo(new InputPoint(40, 30, RelativeTo.WINDOW));
    }
}
