package dev.deskpost.monitoring.notify;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.deskpost.monitoring.alert.Alert;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/**
 * What Discord's incoming webhooks take (Execute Webhook, API v10). Nobody is mentioned, nothing is formatted that was not meant
 * to be, and no part is longer than Discord allows.
 */
final class DiscordWrapping implements Wrapping {

    private static final int RED = 0xD93025;
    private static final int GREEN = 0x188038;
    private static final int MOST_CONTENT = 2000;
    private static final int MOST_DESCRIPTION = 4096;
    private static final int MOST_TITLE = 256;
    private static final Pattern MARKDOWN = Pattern.compile("[\\\\*_~`|>#\\[\\]()<@:-]");

    private final ObjectMapper json;

    DiscordWrapping(ObjectMapper json) {
        this.json = json;
    }

    /** @param content what the notification on a phone shows */
    record Payload(
            String content,
            List<Embed> embeds,
            @JsonProperty("allowed_mentions") Mentions allowedMentions) {}

    record Embed(String title, String description, int color, Instant timestamp, List<Field> fields) {}

    record Field(String name, String value, boolean inline) {}

    /** @param parse an empty list: nobody is mentioned, whatever the text says */
    record Mentions(List<String> parse) {}

    @Override
    public Parcel wrap(Notification notification, Instant now) {
        Alert alert = notification.alert();
        String title = alert.rule() + (notification.firing() ? " is firing" : " is resolved");
        Embed embed = new Embed(
                cut(escape(title), MOST_TITLE),
                cut(escape(alert.summary()), MOST_DESCRIPTION),
                notification.firing() ? RED : GREEN,
                notification.at(),
                List.of(
                        new Field("value", escape(amount(alert.value(), alert.unit())), true),
                        new Field("threshold", escape(amount(alert.threshold(), alert.unit())), true),
                        new Field("station", escape(notification.station()), true)));
        String content = cut(escape("Deskpost: " + title), MOST_CONTENT);
        return new Parcel(
                json.writeValueAsString(new Payload(content, List.of(embed), new Mentions(List.of()))), Map.of());
    }

    private static String amount(@Nullable Double value, Alert.Unit unit) {
        if (value == null) {
            return "unknown";
        }
        return switch (unit) {
            case RATIO -> String.format(Locale.ROOT, "%.1f %%", value * 100);
            case SECONDS -> String.format(Locale.ROOT, "%.0f s", value);
            case MESSAGES -> String.format(Locale.ROOT, "%.0f messages", value);
            case BOOLEAN -> value > 0 ? "yes" : "no";
        };
    }

    /** A backslash before what Discord would read as Markdown, a mention, an emoji or a link. */
    static String escape(String text) {
        return MARKDOWN.matcher(text).replaceAll("\\\\$0");
    }

    /** Not in the middle of an escape or of a pair of surrogates. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 1;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        int backslashes = 0;
        while (backslashes < end && text.charAt(end - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return text.substring(0, end - backslashes % 2) + "…";
    }
}
