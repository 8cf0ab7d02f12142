package dev.deskpost.message;

/**
 * Why the last attempt did not deliver.
 *
 * @param code stable, for programs
 * @param detail for people: what happened, why, and what to do
 */
public record Failure(String code, String detail) {

    /** Longer details are cut: window titles are part of them, and those are as long as a program likes. */
    static final int MAX_DETAIL = 1000;

    public Failure {
        // Titles are part of details, and a program writes what it likes into its title.
        detail = detail.replaceAll("\\p{Cntrl}", " ");
        if (detail.length() > MAX_DETAIL) {
            int end = MAX_DETAIL - 1;
            detail = detail.substring(0, Character.isHighSurrogate(detail.charAt(end - 1)) ? end - 1 : end) + "…";
        }
    }
}
