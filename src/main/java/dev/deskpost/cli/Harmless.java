package dev.deskpost.cli;

import java.util.regex.Pattern;

/**
 * Makes a text one that a terminal only shows. Titles of windows and contents of messages come from strangers, and a
 * terminal obeys what it is shown: it can be renamed, cleared, or made to type (ECMA-48; "terminal escape injection").
 * Bidirectional and invisible characters go as well: with them a text reads as something else than it is.
 */
final class Harmless {

    /** Control sequences (CSI), strings with their terminator (OSC, DCS, SOS, PM, APC), and any other escape. */
    private static final Pattern ESCAPES = Pattern.compile("(?:\u001b\\[|\u009b)[0-?]*[ -/]*[@-~]"
            + "|(?:\u001b[\\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\\\|\u009c)"
            + "|\u001b[ -/]*[0-~]");

    private static final Pattern BREAKS = Pattern.compile("\\r\\n|[\\r\\n\\t\\x0B\\f\u0085\u2028\u2029]");

    private static final char UNSHOWN = '\uFFFD';

    private Harmless() {}

    /** One line: what would break it becomes a blank, and what cannot be shown U+FFFD. */
    static String line(String text) {
        String plain = BREAKS.matcher(ESCAPES.matcher(text).replaceAll("")).replaceAll(" ");
        StringBuilder shown = new StringBuilder(plain.length());
        plain.codePoints().forEach(each -> {
            if (!isObeyed(each)) {
                shown.appendCodePoint(each);
            } else if (Character.getType(each) != Character.FORMAT) {
                shown.append(UNSHOWN);
            }
        });
        return shown.toString();
    }

    /**
     * The same JSON, with what a terminal might obey as {@code \}{@code uXXXX}: it can stand nowhere but in strings, and says
     * the same there (RFC 8259, section 7). Line breaks between tokens stay.
     */
    static String json(String json) {
        StringBuilder shown = new StringBuilder(json.length());
        json.codePoints().forEach(each -> {
            if (!isObeyed(each) || each == '\n' || each == '\r' || each == '\t') {
                shown.appendCodePoint(each);
            } else {
                for (char unit : Character.toChars(each)) {
                    shown.append(String.format("\\u%04x", (int) unit));
                }
            }
        });
        return shown.toString();
    }

    private static boolean isObeyed(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
