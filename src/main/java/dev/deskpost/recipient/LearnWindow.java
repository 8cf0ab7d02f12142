package dev.deskpost.recipient;

import com.google.re2j.Pattern;
import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.Window;
import dev.deskpost.desktop.WindowSelector;
import dev.deskpost.desktop.WindowSelector.Match;
import dev.deskpost.recipient.RecipientSettings.InputPoint;
import dev.deskpost.recipient.RecipientSettings.WindowRule;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rule by which a window can be recognised again, among those that are open now. Preferred is what stays when
 * the window's content changes:
 *
 * <ol>
 *   <li>the agent's name in the title, in whatever spelling, with class and process
 *   <li>class and process alone, if no other window has both
 *   <li>class, process and the whole title
 * </ol>
 */
final class LearnWindow {

    private LearnWindow() {}

    /** The first rule that matches this window and no other one; empty if there is none. */
    static Optional<WindowRule> rule(Window window, String agent, List<Window> all) {
        @Nullable String windowClass = orNull(window.windowClass());
        @Nullable
        String process = window.processName().isEmpty() ? null : "^" + Pattern.quote(window.processName()) + "$";
        return Stream.of(
                        named(window.title(), agent),
                        Optional.<String>empty(),
                        Optional.of("^" + Pattern.quote(window.title()) + "$"))
                .map(title -> new WindowRule(title.orElse(null), windowClass, process))
                .filter(rule -> rule.title() != null || windowClass != null || process != null)
                .filter(rule -> isOnly(rule, window, all))
                .findFirst();
    }

    /**
     * The input point from the window's corner; one in the lower half from its lower edge, where input boxes stay when the
     * window's height changes.
     */
    static InputPoint input(Point onScreen, Bounds window) {
        int x = onScreen.x() - window.x();
        int y = onScreen.y() - window.y();
        boolean lowerHalf = y >= window.height() / 2;
        return new InputPoint(x, lowerHalf ? y - window.height() : y, RelativeTo.WINDOW);
    }

    private static boolean isOnly(WindowRule rule, Window window, List<Window> all) {
        Match match = WindowSelector.of(rule.title(), rule.windowClass(), rule.process())
                .among(all);
        return match instanceof Match.One one && one.target().id().equals(window.id());
    }

    /** {@code Agent-1} stands in titles as "Agent-1", "agent 1", "agent_1" or "AGENT1": as it stands there, it is kept. */
    private static Optional<String> named(String title, String agent) {
        List<String> parts = Stream.of(agent.split("[^\\p{L}\\p{N}]+|(?<=\\p{L})(?=\\p{N})", -1))
                .filter(part -> !part.isEmpty())
                .map(java.util.regex.Pattern::quote)
                .toList();
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        Matcher spelling = java.util.regex.Pattern.compile(
                        "(?<![\\p{L}\\p{N}])" + String.join("[\\s._-]?", parts) + "(?![\\p{L}\\p{N}])",
                        java.util.regex.Pattern.CASE_INSENSITIVE | java.util.regex.Pattern.UNICODE_CASE)
                .matcher(title);
        if (!spelling.find()) {
            return Optional.empty();
        }
        String found = spelling.group();
        // RE2 knows word boundaries between ASCII characters only.
        String start = spelling.start() == 0 ? "^" : isWord(found.charAt(0)) ? "\\b" : "";
        String end = isWord(found.charAt(found.length() - 1)) ? "\\b" : "";
        return Optional.of(start + Pattern.quote(found).replace("\\-", "-") + end);
    }

    private static boolean isWord(char c) {
        return c < 128 && Character.isLetterOrDigit(c);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
