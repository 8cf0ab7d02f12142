package dev.deskpost.dashboard;

import dev.deskpost.monitoring.RecentDeliveries;
import dev.deskpost.monitoring.RecentDeliveries.Minute;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The last hour for plots: every minute, also those in which nothing happened. */
@Component
class History {

    private static final int MINUTES = 60;

    private final RecentDeliveries recent;
    private final Clock clock;

    History(RecentDeliveries recent, Clock clock) {
        this.recent = recent;
        this.clock = clock;
    }

    /** Times in milliseconds, null where nothing was delivered. */
    record Point(
            Instant start,
            long delivered,
            long failed,
            long unconfirmed,
            long retries,
            @Nullable Long median,
            @Nullable Long p99) {}

    List<Point> lastHour() {
        Map<Instant, Minute> known =
                recent.minutes().stream().collect(Collectors.toMap(Minute::start, Function.identity()));
        Instant first = clock.instant().truncatedTo(ChronoUnit.MINUTES).minus(MINUTES - 1L, ChronoUnit.MINUTES);
        return IntStream.range(0, MINUTES)
                .mapToObj(minute -> first.plus(minute, ChronoUnit.MINUTES))
                .map(start -> point(start, known.get(start)))
                .toList();
    }

    private static Point point(Instant start, @Nullable Minute minute) {
        return minute == null
                ? new Point(start, 0, 0, 0, 0, null, null)
                : new Point(
                        start,
                        minute.counts().delivered(),
                        minute.counts().failed(),
                        minute.counts().unconfirmed(),
                        minute.counts().retries(),
                        millis(minute.median()),
                        millis(minute.p99()));
    }

    private static @Nullable Long millis(@Nullable Duration time) {
        return time == null ? null : time.toMillis();
    }
}
