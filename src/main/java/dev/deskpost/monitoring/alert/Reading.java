package dev.deskpost.monitoring.alert;

/** What a rule found when it looked. The summary is for people: one sentence without a full stop. */
sealed interface Reading {

    String summary();

    /** A value to compare with the threshold. */
    record Measured(double value, String summary) implements Reading {}

    /** There is nothing to measure, and that is well: too few messages for a rate, for example. */
    record Nothing(String summary) implements Reading {}

    /** It could not be measured: the alert stays as it is. */
    record Unknown(String summary) implements Reading {}

    /** Another process measures it. */
    record Elsewhere(String summary) implements Reading {}
}
