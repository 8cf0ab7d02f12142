package dev.deskpost.dashboard;

import java.time.Duration;
import java.util.Locale;

/** How numbers are written on the page. */
final class Words {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MILLIS_PER_SECOND = 1000.0;

    private Words() {}

    /** As {@code 12.3 ms}, or {@code 4.5 s} where that is long. */
    static String millis(Duration time) {
        double millis = time.toNanos() / NANOS_PER_MILLI;
        return millis < MILLIS_PER_SECOND
                ? String.format(Locale.ROOT, "%.1f ms", millis)
                : String.format(Locale.ROOT, "%.1f s", millis / MILLIS_PER_SECOND);
    }
}
