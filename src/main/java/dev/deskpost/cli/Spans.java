package dev.deskpost.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people say them: {@code 12 s}, {@code 2 h 3 min}, {@code 19:05:00}. */
final class Spans {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DATE_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private static final Instant FIRST = Instant.parse("0001-01-02T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-30T00:00:00Z");

    private Spans() {}

    /** The two largest units; a time that lies ahead, because clocks differ, counts as none. */
    static String of(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        if (seconds >= 86_400) {
            return seconds / 86_400 + " d " + seconds % 86_400 / 3600 + " h";
        }
        if (seconds >= 3600) {
            return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
        }
        return seconds >= 60 ? seconds / 60 + " min " + seconds % 60 + " s" : seconds + " s";
    }

    static String since(Instant then, Instant now) {
        return of(Duration.between(then, now));
    }

    static String clockTime(Instant time, ZoneId zone) {
        return TIME.format(shown(time).atZone(zone));
    }

    static String dateAndTime(Instant time, ZoneId zone) {
        return DATE_AND_TIME.format(shown(time).atZone(zone));
    }

    /** Farther away are only mistakes, and no zone has a time for the farthest of them. */
    private static Instant shown(Instant time) {
        return time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
    }
}
