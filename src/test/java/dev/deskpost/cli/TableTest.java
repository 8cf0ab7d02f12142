package dev.deskpost.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    private final Table table = new Table("ID", "NAME");

    @Test
    void columns_stand_below_each_other() {
        table.row(Words.plain("agent-1"), Words.plain("One"));
        table.row(Words.plain("a"), Words.plain("Two"));

        assertThat(printed(80, false)).containsExactly("ID       NAME", "agent-1  One", "a        Two");
    }

    @Test
    void wide_characters_take_two_columns_and_accents_none() {
        table.row(Words.plain("漢字"), Words.plain("x"));
        table.row(Words.plain("e\u0301"), Words.plain("y"));

        assertThat(printed(80, false)).containsExactly("ID    NAME", "漢字  x", "e\u0301     y");
    }

    @Test
    void no_line_is_wider_than_the_terminal() {
        table.row(Words.plain("agent-1"), Words.plain("a name that is much longer than anybody needs"));
        table.row(Words.plain("agent-2"), Words.plain("漢字漢字漢字漢字漢字漢字漢字漢字"));

        assertThat(printed(30, false))
                .allSatisfy(line -> assertThat(Columns.of(line)).isLessThanOrEqualTo(30))
                .anySatisfy(line -> assertThat(line).isEqualTo("agent-1  a name that is much …"));
    }

    @Test
    void what_a_stranger_wrote_is_neither_obeyed_nor_counted() {
        table.row(Words.plain("a\u001b[31m\nb"), new Words("x\u001b[2J", Words.Style.BAD));

        assertThat(printed(80, false)).containsExactly("ID   NAME", "a b  x");
        assertThat(printed(80, true)).last().isEqualTo("a b  \u001b[31mx\u001b[0m");
    }

    private List<String> printed(int width, boolean coloured) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, UTF_8);
        table.printTo(new Terminal(print, print, width, coloured));
        return out.toString(UTF_8).lines().toList();
    }
}
