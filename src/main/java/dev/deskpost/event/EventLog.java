package dev.deskpost.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The newest events, numbered. In memory: a process that starts begins a new log, and those who followed the old one are told
 * that they missed something ({@link Batch#missed()}). To add takes no longer if many read or one reads slowly.
 */
@Component
public class EventLog {

    /** So many at once, so that whoever comes back after long gets them in portions. */
    private static final int BATCH = 500;

    private final @Nullable Event[] ring;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final String epoch = EventPosition.newEpoch();
    /** The number of the newest; the first has 1. */
    private long last;

    private long firstKept = 1;
    private boolean closed;
    /** How often all who wait were woken although nothing has happened. */
    private long stirs;

    EventLog(EventProperties properties) {
        ring = new Event[properties.kept()];
    }

    /** An event at its place. */
    public record Entry(EventPosition position, Event event) {}

    /**
     * What has happened since a position.
     *
     * @param missed there was more, which is not kept any more
     * @param next from where to go on
     */
    public record Batch(List<Entry> entries, boolean missed, EventPosition next) {}

    void add(Event event) {
        lock.lock();
        try {
            last++;
            ring[index(last)] = event;
            firstKept = Math.max(firstKept, last - ring.length + 1);
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody knows how many events there would have been: whoever reads on has missed something. */
    void addGap() {
        lock.lock();
        try {
            last++;
            ring[index(last)] = null;
            firstKept = last + 1;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** After the newest: for whom only the future counts. */
    public EventPosition end() {
        lock.lock();
        try {
            return new EventPosition(epoch, last);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until something has happened after the position. The batch is empty if the limit is up, or after {@link #stir}.
     *
     * @throws InterruptedException if the thread is to end
     */
    public Batch after(EventPosition position, Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (!position.epoch().equals(epoch) || position.number() > last || position.number() < firstKept - 1) {
                return new Batch(List.of(), true, new EventPosition(epoch, last));
            }
            long left = limit.toNanos();
            long before = stirs;
            while (position.number() == last && !closed && stirs == before && left > 0) {
                left = grown.awaitNanos(left);
            }
            return batch(position);
        } finally {
            lock.unlock();
        }
    }

    /** Whoever waits for events goes on without one. */
    void stir() {
        lock.lock();
        try {
            stirs++;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Batch batch(EventPosition position) {
        if (position.number() < firstKept - 1) {
            return new Batch(List.of(), true, new EventPosition(epoch, last));
        }
        List<Entry> entries = new ArrayList<>();
        long end = Math.min(last, position.number() + BATCH);
        for (long number = position.number() + 1; number <= end; number++) {
            Event event = ring[index(number)];
            if (event != null) {
                entries.add(new Entry(new EventPosition(epoch, number), event));
            }
        }
        return new Batch(entries, false, new EventPosition(epoch, end));
    }

    /** Nothing more is waited for. */
    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the end.
     *
     * @return whether it has come within the limit
     * @throws InterruptedException if the thread is to end
     */
    public boolean awaitClosed(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        lock.lockInterruptibly();
        try {
            for (long left = limit.toNanos(); !closed && left > 0; left = end - System.nanoTime()) {
                grown.await(left, TimeUnit.NANOSECONDS);
            }
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Streams have no end of their own, and the server waits for them when it stops. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        lock.lock();
        try {
            closed = true;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private int index(long number) {
        return (int) (number % ring.length);
    }
}
