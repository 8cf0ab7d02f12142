package dev.deskpost.delivery;

import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Has the loop take a turn soon, or at a time. What comes while a turn is queued is seen by it; what comes after queues a
 * new one.
 */
final class WakeUps {

    private static final Logger log = LoggerFactory.getLogger(WakeUps.class);

    private final ThreadPoolTaskScheduler executor;
    private final Runnable turn;
    private final AtomicBoolean queued = new AtomicBoolean();
    private volatile boolean ended;
    private @Nullable Future<?> alarm;

    WakeUps(ThreadPoolTaskScheduler executor, Runnable turn) {
        this.executor = executor;
        this.turn = turn;
    }

    void now() {
        if (!ended && queued.compareAndSet(false, true)) {
            try {
                executor.execute(turn);
            } catch (TaskRejectedException shuttingDown) {
                log.debug("Not woken: the service is stopping, messages wait in the queue");
            }
        }
    }

    /** A turn begins. */
    void awake() {
        queued.set(false);
    }

    /** In the place of the time that was set before. To be called by the executor's thread, as {@link #notAnyMore}. */
    void at(Instant when) {
        notAnyMore();
        alarm = executor.schedule(this::now, when);
    }

    /** At no time. */
    void notAnyMore() {
        if (alarm != null) {
            alarm.cancel(false);
        }
        alarm = null;
    }

    /** For good. */
    void end() {
        ended = true;
    }
}
