package dev.deskpost.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.deskpost.message.MessageContent.Refused;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageContentTest {

    @Nested
    class Typed_as_it_was_sent {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Please review PR 17",
                    "é 中 🚀 עברית العربية",
                    "two\nlines and a\ttab",
                    "👩‍👩‍👧 e\u0301 \u00A0 \u2028",
                    " ",
                    "\uFEFF",
                    "$(rm -rf /) `id` \\n \"quotes\" '; --"
                })
        void a_text(String text) throws Refused {
            assertThat(MessageContent.of(text).text()).isEqualTo(text);
        }
    }

    @Nested
    class Control_characters {

        @Test
        void cannot_end_a_bracketed_paste() throws Refused {
            assertThat(MessageContent.of("hello\u001B[201~\rrm -rf ~\r").text()).isEqualTo("hello[201~\nrm -rf ~\n");
        }

        @Test
        void cannot_end_it_with_the_one_character_form_of_the_sequence_either() throws Refused {
            assertThat(MessageContent.of("hello\u009B201~").text()).isEqualTo("hello201~");
        }

        @Test
        void cannot_hide_in_each_other() throws Refused {
            assertThat(MessageContent.of("\u001B\u001B[\u0000201~").text()).isEqualTo("[201~");
        }

        @Test
        void go_all_but_line_feed_and_tab() throws Refused {
            StringBuilder all = new StringBuilder("<");
            for (char c = 0; c < 0x20; c++) {
                all.append(c == '\r' ? '-' : c);
            }
            for (char c = 0x7F; c < 0xA0; c++) {
                all.append(c == '\u0085' ? '-' : c);
            }

            assertThat(MessageContent.of(all.append('>').toString()).text()).isEqualTo("<\t\n-->");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\u0000", "\u001B\u0007\u007F\u009B", "\u0003"})
        void alone_are_nothing_to_type(String text) {
            assertThat(refused(text)).hasMessage("consists of control characters, which are not typed");
        }
    }

    @Nested
    class Line_ends {

        @ParameterizedTest
        @ValueSource(strings = {"a\nb", "a\r\nb", "a\rb", "a\u0085b"})
        void become_line_feeds(String text) throws Refused {
            assertThat(MessageContent.of(text).text()).isEqualTo("a\nb");
        }

        @Test
        void are_as_many_as_before() throws Refused {
            assertThat(MessageContent.of("a\r\n\r\n\r\r\n\n\rb").text()).isEqualTo("a\n\n\n\n\n\nb");
        }
    }

    @Nested
    class The_limit {

        @Test
        void is_65_536_bytes() throws Refused {
            String longest = "a".repeat(65_536);

            assertThat(MessageContent.of(longest).text()).isEqualTo(longest);
        }

        @Test
        void refuses_one_byte_more() {
            assertThat(refused("a".repeat(65_537)))
                    .hasMessage("is longer than 65536 bytes of UTF-8")
                    .returns(true, Refused::tooLarge);
        }

        @ParameterizedTest
        @ValueSource(strings = {"é", "中", "🚀"})
        void counts_bytes_and_not_characters(String character) throws Refused {
            int bytes = character.getBytes(StandardCharsets.UTF_8).length;
            int fitting = 65_536 / bytes;
            String longest = character.repeat(fitting) + "a".repeat(65_536 - fitting * bytes);

            assertThat(MessageContent.of(longest).text()).isEqualTo(longest);
            assertThat(refused(longest.substring(character.length()) + "a".repeat(bytes + 1)))
                    .returns(true, Refused::tooLarge);
        }

        @Test
        void is_for_what_is_sent_and_not_for_what_is_left_of_it() {
            assertThat(refused("\u0001".repeat(65_537))).returns(true, Refused::tooLarge);
        }
    }

    @Nested
    class Refused_as_no_text {

        @Test
        void an_empty_one() {
            assertThat(refused("")).hasMessage("is empty").returns(false, Refused::tooLarge);
        }

        @ParameterizedTest
        @ValueSource(strings = {"a\uD83D", "\uDE80a", "\uDE80\uD83D", "\uD83D\uD83D\uDE80"})
        void half_a_surrogate_pair(String text) {
            assertThat(refused(text))
                    .hasMessage("holds half a surrogate pair, which is no character")
                    .returns(false, Refused::tooLarge);
        }
    }

    private static Refused refused(String text) {
        return catchThrowableOfType(Refused.class, () -> MessageContent.of(text));
    }
}
