package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.x11.ReadHabits.Habit;
import dev.deskpost.desktop.x11.wire.XEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The offers whose targets may still read them: the present one last, before it those that were closed a moment ago. What a
 * program has read of each is remembered as its habit when that is over.
 *
 * <p>Used by the clipboard's thread alone.
 */
final class Readings {

    private final Programs programs;
    private final Duration linger;
    private final ReadHabits habits = new ReadHabits();
    private final List<Reading> readings = new ArrayList<>();

    /** An offer and until when it is served, in {@link System#nanoTime}. */
    private record Reading(X11Offer offer, long until, boolean closed) {}

    /** @param linger how long a closed offer is still served */
    Readings(Programs programs, Duration linger) {
        this.programs = programs;
        this.linger = linger;
    }

    /** What the same program reads from now on, it reads for this one. */
    void makeWayFor(X11Offer next) {
        List.copyOf(readings).stream()
                .filter(reading -> Programs.reading(reading.offer()).equals(Programs.reading(next)))
                .forEach(this::end);
        next.expectHabit(habit(next));
    }

    void begin(X11Offer offer) {
        readings.removeIf(reading -> reading.offer() == offer);
        readings.add(new Reading(offer, 0, false));
    }

    /** It is closed, and served for a while longer. */
    void linger(X11Offer offer) {
        if (readings.removeIf(reading -> reading.offer() == offer)) {
            readings.add(new Reading(offer, System.nanoTime() + linger.toNanos(), true));
        }
    }

    /** Those that were closed long enough ago are served no more. */
    void endOld() {
        long now = System.nanoTime();
        List.copyOf(readings).stream()
                .filter(reading -> reading.closed() && reading.until() - now <= 0)
                .forEach(this::end);
    }

    /** How long until there is something for {@link #endOld}. */
    Duration untilNextEnds() {
        long now = System.nanoTime();
        return readings.stream()
                .filter(Reading::closed)
                .map(reading -> Duration.ofNanos(Math.max(0, reading.until() - now)))
                .min(Duration::compareTo)
                .orElse(Duration.ofHours(1));
    }

    boolean isEmpty() {
        return readings.isEmpty();
    }

    List<X11Offer> offers() {
        return readings.stream().map(Reading::offer).toList();
    }

    /** The latest offer for the program that asks. */
    Optional<X11Offer> offerFor(XEvent.SelectionRequest request) {
        for (int i = readings.size() - 1; i >= 0; i--) {
            X11Offer offer = readings.get(i).offer();
            if (offer.selections().contains(request.selection())
                    && programs.isOf(request.requestor(), offer.target())) {
                return Optional.of(offer);
            }
        }
        return Optional.empty();
    }

    /** How the target's program reads contents like this one. */
    Habit habit(X11Offer offer) {
        return habits.of(Programs.reading(offer));
    }

    private void end(Reading reading) {
        X11Offer offer = reading.offer();
        readings.remove(reading);
        if (offer.isPaste()) {
            habits.saw(Programs.reading(offer), offer.reads(), offer.spread());
        }
    }
}
