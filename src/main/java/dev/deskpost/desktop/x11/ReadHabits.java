package dev.deskpost.desktop.x11;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How programs read for one paste. Most read a text once, when they paste it. Browsers read it ahead as soon as the paste
 * keys come, once or sometimes twice, and once more some 10 to 60 ms later, when their page pastes it: how often they have
 * read does not tell how far they are. Until a program has done with its paste nothing may change on the clipboard: it
 * would take the next text for the old paste, or drop the paste altogether.
 *
 * <p>Used by the clipboard's thread alone.
 */
final class ReadHabits {

    /** How long a program may still read once more as long as it is not known: browsers take 20 to 60 ms. */
    private static final Duration UNKNOWN = Duration.ofMillis(100);

    /** No paste takes so long: a program that goes on after that reads for another reason, such as a look at the clipboard. */
    static final Duration LONGEST = Duration.ofMillis(500);

    private static final int ENOUGH = 3;
    private static final int REMEMBERED = 16;
    private static final int MAX_PROGRAMS = 200;

    private final Map<Object, Deque<Paste>> seen = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Deque<Paste>> eldest) {
            return size() > MAX_PROGRAMS;
        }
    };

    private record Paste(int reads, Duration spread) {}

    /**
     * @param reads how often it usually reads for one paste; 0 if that is not known yet
     * @param readsOnce whether it has never read more than once for a paste
     * @param quiet how long after its last reading it may still read once more
     */
    record Habit(int reads, boolean readsOnce, Duration quiet) {

        static final Habit NOT_KNOWN = new Habit(0, false, UNKNOWN);

        /**
         * How long it may still be busy with paste keys that follow its copy keys. Who reads once does all of it in one go;
         * browsers hand it from process to process.
         */
        Duration quietAfterCopy() {
            return readsOnce ? Duration.ZERO : quiet;
        }
    }

    /**
     * Remembers one paste.
     *
     * @param program who read, and what kind of content
     * @param spread from its first reading to its last one
     */
    void saw(Object program, int reads, Duration spread) {
        Deque<Paste> pastes = seen.computeIfAbsent(program, unknown -> new ArrayDeque<>());
        pastes.add(new Paste(reads, spread));
        if (pastes.size() > REMEMBERED) {
            pastes.remove();
        }
    }

    /**
     * The number of readings that is seen most often, and half as much time again as they ever took, but not more than
     * {@link #LONGEST}.
     */
    Habit of(Object program) {
        Deque<Paste> pastes = seen.getOrDefault(program, new ArrayDeque<>());
        if (pastes.size() < ENOUGH) {
            return Habit.NOT_KNOWN;
        }
        Map<Integer, Long> times = pastes.stream()
                .map(Paste::reads)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        int usual = times.entrySet().stream()
                .max(Map.Entry.<Integer, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(0);
        Duration longest = pastes.stream()
                .map(Paste::spread)
                .max(Comparator.naturalOrder())
                .orElse(UNKNOWN);
        boolean once = pastes.stream().allMatch(paste -> paste.reads() == 1);
        return new Habit(usual, once, clamp(longest.multipliedBy(3).dividedBy(2)));
    }

    private static Duration clamp(Duration quiet) {
        return quiet.compareTo(UNKNOWN) < 0 ? UNKNOWN : quiet.compareTo(LONGEST) > 0 ? LONGEST : quiet;
    }
}
