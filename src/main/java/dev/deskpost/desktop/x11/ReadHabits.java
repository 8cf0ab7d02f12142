package dev.deskpost.desktop.x11;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long programs go on reading for one paste. Browsers ask for the same text again for 20 to 60 ms, others once: before
 * the same program is offered another text it must have done with the last one, or it would take the new text for the old
 * paste.
 */
final class ReadHabits {

    /** What is waited for as long as a program is not known: the longest that was seen of a browser. */
    static final Duration UNKNOWN = Duration.ofMillis(60);

    /** No paste takes so long: a program that goes on after that reads for another reason, such as a look at the clipboard. */
    static final Duration LONGEST = Duration.ofMillis(250);

    private static final int ENOUGH = 3;
    private static final int REMEMBERED = 16;
    private static final int MAX_PROGRAMS = 200;

    private final Map<Object, Deque<Long>> spreads = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Deque<Long>> eldest) {
            return size() > MAX_PROGRAMS;
        }
    };

    /**
     * Remembers one paste.
     *
     * @param program who read
     * @param spread from its first read to its last one
     */
    void saw(Object program, Duration spread) {
        Deque<Long> seen = spreads.computeIfAbsent(program, unknown -> new ArrayDeque<>());
        seen.add(spread.toNanos());
        if (seen.size() > REMEMBERED) {
            seen.remove();
        }
    }

    /**
     * How long after its last read a program may be expected to read once more: half as long again as ever seen, and never
     * more than {@link #LONGEST}.
     */
    Duration quietAfter(Object program) {
        Deque<Long> seen = spreads.get(program);
        if (seen == null || seen.size() < ENOUGH) {
            return UNKNOWN;
        }
        return Duration.ofNanos(Math.min(Collections.max(seen) * 3 / 2, LONGEST.toNanos()));
    }
}
