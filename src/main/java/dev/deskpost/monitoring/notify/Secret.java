package dev.deskpost.monitoring.notify;

/** A text that must not be told: not in a log, not in the sentence that ends a start with a wrong value. */
record Secret(String text) {

    /** Spring finds it by its name; whatever the text is, it must not fail, for that would tell it. */
    public static Secret of(String text) {
        return new Secret(text);
    }

    @Override
    public String toString() {
        return "(hidden)";
    }
}
