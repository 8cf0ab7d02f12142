package dev.deskpost.delivery;

import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.Window;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Says to people which window is meant. Titles, classes and process names come from programs that write what they like:
 * they are cut, and what could forge a line, a direction or a colour is left out.
 */
final class WindowWords {

    private static final int LONGEST = 80;
    private static final int MOST_NAMED = 5;

    private WindowWords() {}

    /** Such as {@code 'Permission' (class Chat, process java 4711)}. */
    static String of(Window window) {
        String process = window.processName().isEmpty() ? "unknown" : harmless(window.processName());
        return "'" + harmless(window.title()) + "' (class " + harmless(window.windowClass()) + ", process " + process
                + (window.pid() == null ? "" : " " + window.pid()) + ")";
    }

    static String of(List<Window> windows) {
        String named = windows.stream()
                .limit(MOST_NAMED)
                .map(window -> window.id() + " " + of(window))
                .collect(Collectors.joining(", "));
        return windows.size() > MOST_NAMED ? named + " and " + (windows.size() - MOST_NAMED) + " more" : named;
    }

    /** Such as {@code 400x300 at 10,20}. */
    static String of(Bounds bounds) {
        return bounds.width() + "x" + bounds.height() + " at " + bounds.x() + "," + bounds.y();
    }

    /** Control characters, invisible formatting (which turns the direction of text) and broken characters go. */
    private static String harmless(String text) {
        String plain = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "");
        int length = plain.codePointCount(0, plain.length());
        return length <= LONGEST ? plain : plain.substring(0, plain.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
