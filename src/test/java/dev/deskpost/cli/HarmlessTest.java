package dev.deskpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HarmlessTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u001b[31mb", // a colour
                "a\u001b[2J\u001b[Hb", // clears the screen
                "a\u001b]0;title\u0007b", // renames the window
                "a\u001b]52;c;cm0gLXJm\u001b\\b", // writes the clipboard
                "a\u009b31mb", // the same as one character
                "a\u0090q\u009cb",
                "a\u001bcb", // resets the terminal
                "a\u202eb", // turns the direction of writing
                "a\u2066b\u2069",
                "a\u200bb", // is invisible
                "a\uDB40\uDC41b" // a tag, which is invisible, too
            })
    void what_a_terminal_obeys_goes(String hostile) {
        assertThat(Harmless.line(hostile)).isEqualTo("ab");
    }

    @Test
    void what_is_left_of_a_sequence_is_seen_and_not_obeyed() {
        assertThat(Harmless.line("a\u001b")).isEqualTo("a\uFFFD");
        assertThat(Harmless.line("a\u001b]0;no end")).isEqualTo("a0;no end");
        assertThat(Harmless.line("a\u009d0;no end")).isEqualTo("a\uFFFD0;no end");
        assertThat(Harmless.line("\u001b\u001b[31m[31mx")).doesNotContain("\u001b");
        assertThat(Harmless.line("a\bb\u007f")).isEqualTo("a\uFFFDb\uFFFD");
    }

    @Test
    void a_line_stays_one_line() {
        assertThat(Harmless.line("a\r\nb\nc\td\u2028e\u0085f\u000bg")).isEqualTo("a b c d e f g");
    }

    @Test
    void what_people_write_stays() {
        assertThat(Harmless.line("Grüße, שלום, 漢字, 👍 and a half \uD800"))
                .isEqualTo("Grüße, שלום, 漢字, 👍 and a half \uFFFD");
    }

    @Test
    void json_says_the_same_and_is_not_obeyed() {
        String text = "a\u001b[31m\u009b\u202e\u2028\uDB40\uDC41é\n\"";
        String hostile = "{\n \"content\":\"a\\u001b[31m\u009b\u202e\u2028\uDB40\uDC41é\\n\\\"\"}";

        String shown = Harmless.json(hostile);

        assertThat(shown).contains("é", "\n").doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}&&[^\\n]]");
        assertThat(Json.object(shown)).contains(Map.of("content", text));
    }
}
