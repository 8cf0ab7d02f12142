package dev.deskpost.receipt.inbox;

import java.util.regex.Pattern;

/** Texts of others, made fit to stand inside one line: nothing in them begins another, or hides what follows. */
final class OneLine {

    /** Control and format characters (among them those that turn the direction), both separators, half surrogate pairs. */
    private static final Pattern BREAKING = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]+");

    private OneLine() {}

    static String of(String text) {
        return BREAKING.matcher(text).replaceAll(" ").strip();
    }
}
