package dev.deskpost.desktop;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rule that names one window. Every given part must match: {@code title} and {@code process} are regular expressions
 * that may match anywhere in the text, {@code windowClass} is compared exactly.
 *
 * <p>The expressions are RE2's: matching takes linear time, whatever a program writes into its title. Look-around and
 * back references do not exist in that language.
 */
public final class WindowSelector {

    private final @Nullable Pattern title;
    private final @Nullable String windowClass;
    private final @Nullable Pattern process;

    private WindowSelector(@Nullable Pattern title, @Nullable String windowClass, @Nullable Pattern process) {
        this.title = title;
        this.windowClass = windowClass;
        this.process = process;
    }

    /**
     * @throws IllegalArgumentException if all parts are missing, which would select any window
     * @throws PatternSyntaxException if an expression is not RE2's
     */
    public static WindowSelector of(@Nullable String title, @Nullable String windowClass, @Nullable String process) {
        if (title == null && windowClass == null && process == null) {
            throw new IllegalArgumentException("a window selector needs a title, a class or a process");
        }
        return new WindowSelector(
                title == null ? null : Pattern.compile(title),
                windowClass,
                process == null ? null : Pattern.compile(process));
    }

    public boolean matches(Window window) {
        return (title == null || title.matcher(window.title()).find())
                && (windowClass == null || windowClass.equals(window.windowClass()))
                && (process == null || process.matcher(window.processName()).find());
    }

    /** Says which of the windows is meant; only {@link Match.One} may be typed into. */
    public Match among(List<Window> windows) {
        List<Window> matching = windows.stream().filter(this::matches).toList();
        return switch (matching.size()) {
            case 0 -> new Match.None(windows.size());
            case 1 -> new Match.One(new Target(matching.get(0), this));
            default -> new Match.Several(matching);
        };
    }

    /** What a search for a window found. */
    public sealed interface Match {

        /** Exactly one, its identity pinned. */
        record One(Target target) implements Match {}

        /** No window of the {@code looked} windows on the desktop. */
        record None(int looked) implements Match {}

        /** More than one: to choose among them would be to guess. */
        record Several(List<Window> windows) implements Match {}
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WindowSelector that
                && Objects.equals(title, that.title)
                && Objects.equals(windowClass, that.windowClass)
                && Objects.equals(process, that.process);
    }

    @Override
    public int hashCode() {
        return Objects.hash(title, windowClass, process);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        append(text, "title", title);
        append(text, "class", windowClass);
        append(text, "process", process);
        return text.toString();
    }

    private static void append(StringBuilder text, String part, @Nullable Object rule) {
        if (rule != null) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(part)
                    .append(" '")
                    .append(rule)
                    .append('\'');
        }
    }
}
