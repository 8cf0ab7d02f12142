package dev.deskpost.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparableTextTest {

    @Test
    void how_a_text_is_spaced_does_not_count() {
        assertThat(text(" one\r\n\ttwo\u00A0 three\u2028four\n")).isEqualTo(text("one two three four"));
        assertThat(text("one two")).isNotEqualTo(text("onetwo"));
        assertThat(text(" \n ").isEmpty()).isTrue();
    }

    @Test
    void a_part_is_found_where_it_first_is() {
        Random random = new Random(17);
        for (int round = 0; round < 2000; round++) {
            String whole = letters(random, 60);
            String part = letters(random, 1 + random.nextInt(5));
            assertThat(text(whole).indexOf(text(part)))
                    .as("%s in %s", part, whole)
                    .isEqualTo(whole.indexOf(part));
        }
        assertThat(text("abc").indexOf(text("abcd"))).isEqualTo(-1);
        assertThat(text("xabc").indexOf(text("abc"))).isEqualTo(1);
    }

    @Test
    void the_search_is_quick_whatever_the_texts_are() {
        ComparableText prompt = text("a".repeat(1 << 20));
        ComparableText sought = text("a".repeat(1 << 15) + "b" + "a".repeat(1 << 15));
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThat(prompt.contains(sought)).isFalse());
    }

    @ParameterizedTest
    @CsvSource({
        "abcdef, abcdef, false",
        "abc, abcdef, true",
        "def, abcdef, true",
        "cd, abcdef, true",
        "abef, abcdef, true",
        "aef, abcdef, true",
        "acef, abcdef, false",
        "xyz, abcdef, false",
        "abcdefg, abcdef, false",
    })
    void a_part_is_the_whole_with_one_piece_left_out(String part, String whole, boolean is) {
        assertThat(text(part).isPartOf(text(whole))).isEqualTo(is);
    }

    private static String letters(Random random, int length) {
        StringBuilder letters = new StringBuilder();
        random.ints(length, 'a', 'c').forEach(letter -> letters.append((char) letter));
        return letters.toString();
    }

    private static ComparableText text(String written) {
        return ComparableText.of(written);
    }
}
