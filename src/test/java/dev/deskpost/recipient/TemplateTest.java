package dev.deskpost.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TemplateTest {

    private static final String ID = "msg_20261121_190500_1a2b3c4d";

    @Test
    void is_filled_with_what_the_message_says() {
        Template template = new Template("From {sender} ({priority}):\n{content}\n-- {id}");

        assertThat(template.fill("hello", ID, "discord:alice", "high"))
                .isEqualTo("From discord:alice (high):\nhello\n-- " + ID);
    }

    @Test
    void a_message_cannot_fill_places_itself() {
        assertThat(Template.NAMED.fill("my id is {id}, $1 \\{content}", ID, null, "normal"))
                .isEqualTo("my id is {id}, $1 \\{content}\n\n[deskpost " + ID + "]");
    }

    @Test
    void a_word_in_braces_that_stands_for_nothing_is_found() {
        assertThat(new Template("{sender}: {content} {sendr}{x}").unknownPlace())
                .contains("{sendr}");
        assertThat(new Template("{Content}").unknownPlace()).contains("{Content}");
    }

    @Test
    void json_and_spaced_words_are_text() {
        assertThat(new Template("{\"a\":1, \"m\": \"{content}\", \"l\": {}} { word } {1} ${id}").unknownPlace())
                .isEmpty();
    }

    @Test
    void other_braces_are_text_and_nobody_is_unknown() {
        assertThat(new Template("{x} {} {sender}: {content}").fill("hello", ID, null, "normal"))
                .isEqualTo("{x} {} unknown: hello");
    }
}
