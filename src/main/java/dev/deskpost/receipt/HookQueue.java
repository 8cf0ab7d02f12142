package dev.deskpost.receipt;

import jakarta.annotation.PreDestroy;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.DependsOn;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Works on hooks' events one after the other, in the order in which they came: an agent that is busy and then idle must not
 * end as busy. Who brings one waits for a short time at most; an agent waits for its hook, and must not wait for our
 * database.
 */
@Component
@DependsOn("transactionManager")
public class HookQueue {

    private static final Logger log = LoggerFactory.getLogger(HookQueue.class);

    /** How often an event is worked on where the database fails: each time waits for a connection as long as that is set. */
    private static final int TRIES = 3;
    /** For how long the end of the service waits for the event that is being worked on. */
    private static final Duration LAST_EVENT = Duration.ofSeconds(10);

    private final ThreadPoolExecutor executor;
    private final ReceiptProperties properties;
    private final LostHooks lost;
    private final AtomicBoolean dropping = new AtomicBoolean();
    private final AtomicBoolean failing = new AtomicBoolean();

    HookQueue(ReceiptProperties properties, LostHooks lost) {
        this.properties = properties;
        this.lost = lost;
        this.executor = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(properties.queueLimit()), work -> {
                    Thread thread = new Thread(work, "deskpost-hooks");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Returns when the work is done, or after {@code answerWithin}; then it goes on. Never fails. */
    public void work(Runnable event) {
        try {
            Future<?> done = executor.submit(() -> guard(event));
            dropping.set(false);
            done.get(properties.answerWithin().toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            lost.note();
            if (!executor.isShutdown() && dropping.compareAndSet(false, true)) {
                log.warn(
                        "{} events of hooks wait to be worked on; further ones are dropped until that is better",
                        properties.queueLimit());
            }
        } catch (TimeoutException e) {
            log.debug("An event of a hook takes longer than {}; its call is answered", properties.answerWithin());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing gets past the guard", e);
        }
    }

    private void guard(Runnable event) {
        try {
            tryAgain(event);
            failing.set(false);
        } catch (RuntimeException | Error e) {
            lost.note();
            if (failing.compareAndSet(false, true)) {
                log.error("An event of a hook failed and is lost; further ones are lost silently until one works", e);
            }
        }
    }

    /**
     * A database that is away for a moment, or two stations that write down the first hook of a recipient at once, must not
     * cost an agent's word. Nothing is written twice: what is kept already is kept once.
     */
    private static void tryAgain(Runnable event) {
        for (int tries = 1; tries < TRIES; tries++) {
            try {
                event.run();
                return;
            } catch (DataAccessException | TransactionException | PersistenceException e) {
                log.debug("The database failed while an event of a hook was worked on; trying again", e);
            }
        }
        event.run();
    }

    /**
     * What has begun, ends, before the database does. Never by an interrupt: one that meets H2 in the middle of reading or
     * writing its file closes the database for everybody.
     */
    @PreDestroy
    void stop() throws InterruptedException {
        executor.shutdown();
        if (!executor.awaitTermination(properties.answerWithin().toMillis(), TimeUnit.MILLISECONDS)) {
            executor.getQueue().clear();
            if (!executor.awaitTermination(LAST_EVENT.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("An event of a hook has been worked on for more than {}; it is left to itself", LAST_EVENT);
            }
        }
    }
}
