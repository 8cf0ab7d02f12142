package dev.deskpost.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.desktop.ClipboardContent.Format;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipboardContentTest {

    private static Format format(String name, String value) {
        return new Format(name, name, 8, value.getBytes(StandardCharsets.UTF_8));
    }

    /** As Chromium offers it. */
    private static ClipboardContent page(String markup) {
        return new ClipboardContent(
                List.of(format("chromium/x-source-url", "http://chat.example"), format("text/html", markup)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<p data-pm-slice=\"0 0 []\"></p>",
                "<meta charset='utf-8'><div>\n\t<SPAN>&nbsp;</SPAN><br/></div>"
            })
    void of_an_empty_box_is_blank(String markup) {
        assertThat(page(markup).isBlank()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>a word</p>",
                "<img src=\"photo.png\">",
                "<p><custom-attachment></custom-attachment></p>",
                "<p>&amp;</p>",
                "<p",
                "<pre></pre>"
            })
    void of_which_a_person_may_see_something_is_not(String markup) {
        assertThat(page(markup).isBlank()).isFalse();
    }

    @Test
    void of_many_tags_that_are_no_markup_is_judged_at_once() {
        assertThat(page("<p>".repeat(100_000) + "x").isBlank()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u00A0\u202F\u2028b e\u0301 \u2764\uFE0F\r\n", "ab\u200B\u00AD\u00E9\u2764"})
    void is_the_same_text_whatever_an_editor_has_done_to_what_nobody_sees(String other) {
        assertThat(ClipboardContent.ofText("a b\n\u00E9\u2764").isSameTextAs(ClipboardContent.ofText(other)))
                .isTrue();
        assertThat(ClipboardContent.ofText("a b").isSameTextAs(ClipboardContent.ofText(other)))
                .isFalse();
    }

    @Test
    void as_text_counts_by_its_text() {
        assertThat(ClipboardContent.ofText(" \n").isBlank()).isTrue();
        assertThat(ClipboardContent.ofText("a").isBlank()).isFalse();
        Format blank = format("UTF8_STRING", " ");
        assertThat(new ClipboardContent(List.of(blank, format("text/html", "<p> </p>"), format("x-any", "any")))
                        .isBlank())
                .isTrue();
        assertThat(new ClipboardContent(List.of(blank, format("text/html", "<img>"))).isBlank())
                .isFalse();
        assertThat(new ClipboardContent(List.of(blank, format("image/png", "png"))).isBlank())
                .isFalse();
    }

    @Test
    void as_an_image_is_not_blank() {
        assertThat(new ClipboardContent(List.of(format("image/png", "png"))).isBlank())
                .isFalse();
        assertThat(new ClipboardContent(List.of()).isBlank()).isTrue();
    }
}
