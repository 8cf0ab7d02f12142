package dev.deskpost.recipient;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text that is pasted for a message. {@code {content}}, {@code {id}}, {@code {sender}} and {@code {priority}} stand for
 * the message's own. Any other single word in braces is a mistake, and refused where a recipient is written down; all else
 * in braces is text, such as JSON.
 */
public record Template(String text) {

    /** The message and nothing else. */
    static final Template CONTENT = new Template("{content}");

    /** The message, and a line by which the recipient can name it. */
    public static final Template NAMED = new Template("{content}\n\n[deskpost {id}]");

    private static final Pattern PLACE = Pattern.compile("\\{(content|id|sender|priority)}");

    private static final Pattern WORD = Pattern.compile("\\{[A-Za-z_]+}");

    /** What has no sender is from somebody unknown. */
    private static final String NOBODY = "unknown";

    /** In one pass: what a message contains is never a place to fill. */
    public String fill(String content, String id, @Nullable String sender, String priority) {
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(
                        switch (place.group(1)) {
                            case "content" -> content;
                            case "id" -> id;
                            case "sender" -> sender == null ? NOBODY : sender;
                            default -> priority;
                        }));
    }

    /** The first word in braces that stands for nothing. */
    Optional<String> unknownPlace() {
        return WORD.matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(word -> !PLACE.matcher(word).matches())
                .findFirst();
    }

    boolean names(String place) {
        return text.contains('{' + place + '}');
    }
}
