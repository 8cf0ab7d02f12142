package dev.deskpost.delivery;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How long each step of a delivery may take on this desktop, learned from how long it took: the 95th percentile times 1.5,
 * within configured bounds, doubled for each miss in a row (ADR 10). On a slow machine it becomes patient, on a quick one
 * it stays quick.
 *
 * <p>Who waits asks for the {@link #limit}, and says afterwards that it was {@link #met} or {@link #missed}. What was there
 * without a wait is neither: it would teach that no patience is needed. Nor is what failed for another reason.
 *
 * <p>Safe for use by several threads.
 */
@Component
public class AdaptiveTimeouts {

    /** What a delivery waits for, in its order. */
    public enum Wait {
        /** From the wish until the window is topmost at its input point. */
        ACTIVATE,
        /** From the wish until active window and input focus are the target. */
        FOCUS,
        /** From the paste keys until the target's program has fetched the text. */
        FETCH,
        /** Until the submit keys are pressed, won against others and processed. */
        SUBMIT,
        /** From the submit keys until the recipient's own hook. */
        RECEIPT,
        /** From the submit keys until the recipient's file. */
        INBOX;

        /** Its name in the API, in metrics and in the database. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What became of a wait. */
    public enum Ending {
        /** What was waited for came. */
        MET,
        /** The time was up. */
        MISSED,
        /** Neither: it failed for a reason that says nothing about time. */
        BROKEN_OFF
    }

    /**
     * What is known of one wait.
     *
     * @param p95 what 95 of 100 took at most; null while nothing was measured
     * @param limit how long the next one may take
     */
    public record Timing(@Nullable Duration p95, Duration limit) {}

    private final Map<Wait, LearnedLimit> limits = new EnumMap<>(Wait.class);

    public AdaptiveTimeouts(TimingProperties bounds) {
        for (Wait wait : Wait.values()) {
            limits.put(wait, new LearnedLimit(bounds.floor(wait), bounds.ceiling(wait)));
        }
    }

    public Duration limit(Wait wait) {
        return of(wait).limit();
    }

    public Timing timing(Wait wait) {
        return of(wait).timing();
    }

    /** What this process has counted of this wait. */
    public WaitFigures figures(Wait wait) {
        return of(wait).figures();
    }

    /** What was waited for came within the limit. */
    public void met(Wait wait, Duration took) {
        of(wait).met(took);
    }

    /** The limit was up before what was waited for came. */
    public void missed(Wait wait) {
        of(wait).missed();
    }

    /**
     * Waits and learns from it.
     *
     * @param step waits for as long as it is told
     * @param ending what its result means
     */
    public <T> T measure(Wait wait, Function<Duration, T> step, Function<T, Ending> ending) {
        long start = System.nanoTime();
        T result = step.apply(limit(wait));
        switch (ending.apply(result)) {
            case MET -> met(wait, Duration.ofNanos(System.nanoTime() - start));
            case MISSED -> missed(wait);
            case BROKEN_OFF -> {
                // Nothing is learned.
            }
        }
        return result;
    }

    /** What was measured of this wait, if that has changed since the last call, in a form for {@link #remember}. */
    Optional<String> takeNews(Wait wait) {
        return of(wait).takeNews();
    }

    /**
     * Adds what an earlier process has measured.
     *
     * @throws IllegalArgumentException if it is damaged; then nothing is added
     */
    void remember(Wait wait, String measured) {
        of(wait).remember(measured);
    }

    private LearnedLimit of(Wait wait) {
        LearnedLimit limit = limits.get(wait);
        if (limit == null) {
            throw new AssertionError(wait);
        }
        return limit;
    }
}
