package dev.deskpost.monitoring.notify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DiscordWrappingTest {

    private final DiscordWrapping wrapping = new DiscordWrapping(Samples.JSON);

    private JsonNode body(boolean firing, String summary) {
        Notification notification = Notification.of(Samples.changed("failure-rate", firing, summary), "main");
        return Samples.JSON.readTree(wrapping.wrap(notification, Samples.AT).body());
    }

    @Test
    void says_what_happened_in_a_line_and_in_an_embed() {
        JsonNode body = body(true, "4 of 200 messages failed in the last 15m");
        assertThat(body).isEqualTo(Samples.JSON.readTree("""
                {"content":"Deskpost\\\\: failure\\\\-rate is firing",
                 "embeds":[{"title":"failure\\\\-rate is firing",
                   "description":"4 of 200 messages failed in the last 15m","color":14233637,
                   "timestamp":"2026-11-21T19:05:00Z",
                   "fields":[{"name":"value","value":"2.0 %","inline":true},
                             {"name":"threshold","value":"1.0 %","inline":true},
                             {"name":"station","value":"main","inline":true}]}],
                 "allowed_mentions":{"parse":[]}}
                """));
    }

    @Test
    void a_resolved_one_is_green() {
        assertThat(body(false, "well").at("/embeds/0/color").asInt()).isEqualTo(0x188038);
        assertThat(body(false, "well").at("/content").asString()).endsWith("is resolved");
    }

    @Test
    void nobody_is_mentioned_and_nothing_is_formatted() {
        JsonNode body = body(true, "@everyone <@123> **bold** `code` [link](https://example.com) \\ ~~x~~ ||y|| > # -");
        assertThat(body.at("/allowed_mentions/parse").size()).isZero();
        assertThat(body.at("/embeds/0/description").asString())
                .isEqualTo("\\@everyone \\<\\@123\\> \\*\\*bold\\*\\* \\`code\\` \\[link\\]\\(https\\://example.com\\)"
                        + " \\\\ \\~\\~x\\~\\~ \\|\\|y\\|\\| \\> \\# \\-");
    }

    @Test
    void no_part_is_longer_than_discord_allows() {
        JsonNode body = body(true, "*".repeat(10_000));
        String description = body.at("/embeds/0/description").asString();
        assertThat(description).hasSizeLessThanOrEqualTo(4096).endsWith("\\*…");
    }

    @Test
    void is_not_cut_inside_a_character() {
        assertThat(DiscordWrapping.cut("ab\uD83D\uDE00cd", 4)).isEqualTo("ab…");
        assertThat(DiscordWrapping.cut("abcd", 4)).isEqualTo("abcd");
    }
}
