package dev.deskpost.station;

import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Of all processes that want to be this station, one is: it holds the lease, and says so every third of it. Who is not heard
 * of until it has run out has lost the station, and knows it by its own clock before the database gives it to another:
 * what is renewed here counts from before the question, there from after it.
 *
 * <p>Nothing compares the clocks of two machines. Any thread may ask.
 */
@Component
public class StationLease {

    private static final Logger log = LoggerFactory.getLogger(StationLease.class);

    private static final int BEATS = 3;

    private final StationRow row;
    private final StationMode mode;
    private final ApplicationEventPublisher events;
    private final String station;
    private final Duration lease;
    private final LongSupplier millis;
    private final String holder = UUID.randomUUID().toString();
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(beat -> {
        Thread thread = new Thread(beat, "deskpost-station");
        thread.setDaemon(true);
        return thread;
    });

    private @Nullable Future<?> beating;
    private boolean over;
    private boolean wasHeld;
    private boolean resting;
    private volatile boolean held;
    private volatile long heldUntil;
    private volatile long term;

    @Autowired
    StationLease(StationRow row, StationMode mode, ApplicationEventPublisher events, StationProperties properties) {
        this(row, mode, events, properties, Uptime::millis);
    }

    /** @param millis a clock that nobody sets, for tests */
    StationLease(
            StationRow row,
            StationMode mode,
            ApplicationEventPublisher events,
            StationProperties properties,
            LongSupplier millis) {
        this.row = row;
        this.mode = mode;
        this.events = events;
        this.station = properties.station();
        this.lease = properties.stationLease();
        this.millis = millis;
    }

    /**
     * Makes this process the station, if it is not and no other is. From the first call on it is tried again and again, and
     * {@link StationChanged} says when it has succeeded.
     *
     * @return whether it is now
     * @throws DataAccessException if the database could not be asked
     */
    public boolean hold() {
        return isHeld() || wakeAndTake();
    }

    private synchronized boolean wakeAndTake() {
        resting = false;
        return take();
    }

    /** Whether this process is the station. Asks nobody, so it may be asked before each step that counts. */
    public boolean isHeld() {
        return held && (!row.isShared() || millis.getAsLong() < heldUntil);
    }

    /** Whether another process could hold it instead: not where the database is open in this one alone. */
    public boolean isShared() {
        return row.isShared();
    }

    /** The name of the station. */
    public String station() {
        return station;
    }

    /** How often the station has changed hands; grows with each holder. */
    public long epoch() {
        return row.epoch();
    }

    /** Which term of this process it is: another number after somebody else was the station. Asks nobody. */
    public long term() {
        return term;
    }

    /** Another may have it at once; this process tries again when {@link #hold} is called. */
    public synchronized void letGo() {
        if (row.isShared() && held) {
            resting = true;
            held = false;
            row.letGo(holder);
        }
    }

    private synchronized boolean take() {
        if (over) {
            return false;
        }
        startBeating();
        long asked = millis.getAsLong();
        boolean taken = row.take(holder, lease);
        if (taken) {
            term = row.epoch(); // Before it says that it holds it
            heldUntil = asked + lease.toMillis();
        }
        held = taken;
        if (wasHeld && !taken) {
            log.warn("Another Deskpost holds the station '{}' now; this one stands by", station);
        } else if (!wasHeld && taken && row.isShared()) {
            log.info("This Deskpost holds the station '{}'", station);
        }
        wasHeld = taken;
        return isHeld();
    }

    /** In one step with the look whether it rests: a beat that has waited behind {@link #letGo} would take it back at once. */
    private synchronized boolean takeUnlessResting() {
        boolean before = isHeld();
        return !resting && take() && !before;
    }

    /** On H2, too, where nothing is renewed: what could not be written of the mode is written as soon as it can be. */
    private void startBeating() {
        if (beating == null) {
            long pause = lease.toMillis() / BEATS;
            beating = heart.scheduleWithFixedDelay(this::beat, pause, pause, TimeUnit.MILLISECONDS);
        }
    }

    private void beat() {
        try {
            mode.look();
            if (row.isShared() && takeUnlessResting()) {
                events.publishEvent(new StationChanged());
            }
        } catch (DataAccessException | TransactionException e) {
            log.warn("Cannot say that this Deskpost holds the station '{}': {}", station, e.getMessage());
        } catch (RuntimeException e) {
            log.error("Unhandled error while the station '{}' was renewed. It is tried again", station, e);
        }
    }

    /** For good. The delivery has ended before: what uses this is ended first. */
    @PreDestroy
    void end() {
        heart.shutdownNow();
        synchronized (this) {
            over = true;
            try {
                letGo();
            } catch (DataAccessException e) {
                log.warn("The station '{}' was not given back; another gets it in {}", station, lease, e);
            }
            held = false;
        }
    }
}
