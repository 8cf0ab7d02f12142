package dev.deskpost.receipt;

/**
 * A text of which only the characters count, and not how they are spaced: editors wrap lines, change their ends and turn
 * tabs into spaces. Every search takes time in proportion to the length of both texts, whatever stands in them.
 *
 * @param text runs of white space are one space each, and there is none at the ends
 */
record ComparableText(String text) {

    static ComparableText of(String written) {
        StringBuilder text = new StringBuilder(written.length());
        boolean space = false;
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                space = true;
                continue;
            }
            if (space && !text.isEmpty()) {
                text.append(' ');
            }
            space = false;
            text.append(c);
        }
        return new ComparableText(text.toString());
    }

    int length() {
        return text.length();
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    boolean contains(ComparableText part) {
        return indexOf(part) >= 0;
    }

    /**
     * By Knuth, Morris and Pratt: {@link String#indexOf(String)} may take the product of both lengths, and prompts come from
     * outside.
     *
     * @return -1 if it is not there
     */
    int indexOf(ComparableText part) {
        String sought = part.text;
        if (sought.length() > text.length()) {
            return -1;
        }
        int[] borders = borders(sought);
        int matched = 0;
        for (int i = 0; i < text.length(); i++) {
            if (matched == sought.length()) {
                return i - matched;
            }
            while (matched > 0 && text.charAt(i) != sought.charAt(matched)) {
                matched = borders[matched - 1];
            }
            if (text.charAt(i) == sought.charAt(matched)) {
                matched++;
            }
        }
        return matched == sought.length() ? text.length() - matched : -1;
    }

    /** For each prefix the length of the longest shorter one that it ends with. */
    private static int[] borders(String sought) {
        int[] borders = new int[sought.length()];
        int matched = 0;
        for (int i = 1; i < sought.length(); i++) {
            while (matched > 0 && sought.charAt(i) != sought.charAt(matched)) {
                matched = borders[matched - 1];
            }
            if (sought.charAt(i) == sought.charAt(matched)) {
                matched++;
            }
            borders[i] = matched;
        }
        return borders;
    }

    /** Whether it is the whole with something left out: at its head, at its tail, or in one place between them. */
    boolean isPartOf(ComparableText whole) {
        if (length() >= whole.length()) {
            return false;
        }
        int head = 0;
        while (head < length() && text.charAt(head) == whole.text.charAt(head)) {
            head++;
        }
        int tail = 0;
        while (tail < length() && text.charAt(length() - 1 - tail) == whole.text.charAt(whole.length() - 1 - tail)) {
            tail++;
        }
        return head + tail >= length() || whole.contains(this);
    }
}
