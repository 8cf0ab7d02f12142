package dev.deskpost.cli;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/** How many columns of a terminal a text takes, roughly as wcwidth does: none for accents, two for wide characters. */
final class Columns {

    private static final String CUT = "…";

    private static final Set<UnicodeScript> WIDE =
            Set.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.HANGUL);

    private Columns() {}

    static int of(String text) {
        return text.codePoints().map(Columns::of).sum();
    }

    /** As much of it as fits, with a sign that it was more. */
    static String cut(String text, int columns) {
        if (of(text) <= columns) {
            return text;
        }
        StringBuilder fitting = new StringBuilder();
        int left = columns - 1;
        for (int each : text.codePoints().toArray()) {
            left -= of(each);
            if (left < 0) {
                break;
            }
            fitting.appendCodePoint(each);
        }
        return columns < 1 ? "" : fitting.append(CUT).toString();
    }

    private static int of(int codePoint) {
        if (codePoint < 0x300) {
            return 1;
        }
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(codePoint) ? 2 : 1;
        };
    }

    private static boolean isWide(int codePoint) {
        return codePoint >= 0x1100
                && (WIDE.contains(UnicodeScript.of(codePoint))
                        || (codePoint >= 0x3000 && codePoint <= 0x303E)
                        || (codePoint >= 0xFF01 && codePoint <= 0xFF60)
                        || (codePoint >= 0x1F300 && codePoint <= 0x1FAFF));
    }
}
