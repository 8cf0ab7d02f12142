package dev.deskpost.dashboard;

import dev.deskpost.delivery.Attempt;
import dev.deskpost.delivery.AttemptStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The steps of an attempt as bars, each from the step before to itself. */
record Waterfall(Attempt attempt, List<Bar> bars, Duration took) {

    /** How wide all bars are together, in units of the picture. */
    static final int WIDTH = 1000;

    private static final int NARROWEST = 4;

    /** What follows the last step, until the outcome was written down. */
    private static final String END = "recorded";

    private record Reached(String name, Instant at) {}

    /**
     * @param x where it begins, of {@link #WIDTH}
     * @param took since the step before
     */
    record Bar(String step, long x, long width, Duration took) {

        /** In milliseconds with one decimal. */
        public String millis() {
            return Words.millis(took);
        }
    }

    static Waterfall of(Attempt attempt, List<AttemptStep> steps) {
        List<Reached> reached = new ArrayList<>();
        steps.forEach(step -> reached.add(new Reached(step.step().name(), step.at())));
        Instant finished = attempt.finishedAt();
        if (finished != null) {
            reached.add(new Reached(END, finished));
        }
        Instant begin = attempt.startedAt();
        Instant end = reached.stream().map(Reached::at).max(Instant::compareTo).orElse(begin);
        long whole = Math.max(1, Duration.between(begin, end).toNanos());
        List<Bar> bars = new ArrayList<>();
        Instant before = begin;
        for (Reached step : reached) {
            Duration at = notNegative(Duration.between(begin, step.at()));
            Duration took = notNegative(Duration.between(before, step.at()));
            long width = Math.max(NARROWEST, Math.round((double) took.toNanos() / whole * WIDTH));
            long x = Math.round((double) (at.toNanos() - took.toNanos()) / whole * WIDTH);
            bars.add(new Bar(step.name(), Math.min(Math.max(0, x), WIDTH - width), width, took));
            before = step.at();
        }
        return new Waterfall(attempt, bars, notNegative(Duration.between(begin, end)));
    }

    /** In milliseconds with one decimal. */
    public String millis() {
        return Words.millis(took);
    }

    /** The clock may have been set back. */
    private static Duration notNegative(Duration time) {
        return time.isNegative() ? Duration.ZERO : time;
    }
}
