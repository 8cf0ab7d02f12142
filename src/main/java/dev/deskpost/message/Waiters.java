package dev.deskpost.message;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Those who wait until a message is as they want it. No thread is held for them: the message's next move wakes them, and
 * because another station may move it, whose events do not get here, all are looked at from time to time.
 *
 * <p>Who waits is entered first and looks then, so a move in between is not missed: it wakes, or it is seen.
 */
@Component
@SuppressWarnings("FutureReturnValueIgnored") // Those of whenComplete: what counts is the one that it hangs on.
public class Waiters implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Waiters.class);
    private static final int THREADS = 2;

    private final Messages messages;
    private final Duration longest;
    private final Semaphore places;
    private final Map<String, Set<Waiter>> waiting = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(THREADS, new CustomizableThreadFactory("deskpost-waiters-"));
    private volatile boolean stopping;

    /** Ends with the message as it is then; without one if it has been removed; with a failure if it cannot be asked for. */
    private record Waiter(String id, Predicate<Message> wanted, CompletableFuture<Optional<Message>> end) {}

    Waiters(Messages messages, MessageProperties properties) {
        this.messages = messages;
        this.longest = properties.maxWait();
        this.places = new Semaphore(properties.maxWaiters());
        executor.setRemoveOnCancelPolicy(true);
        long interval = properties.lookInterval().toNanos();
        executor.scheduleWithFixedDelay(this::lookAtAll, interval, interval, TimeUnit.NANOSECONDS);
    }

    /** The time that somebody may wait who wants to wait so long. */
    public Duration atMost(Duration wish) {
        return wish.compareTo(longest) < 0 ? wish : longest;
    }

    /**
     * Waits until the message is as it is wanted, or the time is up. Whoever does not care any more cancels.
     *
     * @return ends with the message as it is then, without one if there is none, with a failure if the database cannot be
     *     asked; empty if no place is free
     */
    public Optional<CompletableFuture<Optional<Message>>> await(String id, Predicate<Message> wanted, Duration limit) {
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        Waiter waiter = new Waiter(id, wanted, new CompletableFuture<>());
        waiting.compute(id, (same, present) -> {
            Set<Waiter> all = present == null ? ConcurrentHashMap.newKeySet() : present;
            all.add(waiter);
            return all;
        });
        waiter.end().whenComplete((message, failure) -> leave(waiter));
        try {
            look(List.of(waiter), stopping);
            endAfter(waiter, atMost(limit));
        } catch (RuntimeException e) {
            waiter.end().cancel(false);
            throw e;
        }
        return Optional.of(waiter.end());
    }

    private void endAfter(Waiter waiter, Duration limit) {
        if (waiter.end().isDone()) {
            return;
        }
        try {
            var alarm = executor.schedule(() -> endNow(List.of(waiter)), limit.toNanos(), TimeUnit.NANOSECONDS);
            waiter.end().whenComplete((message, failure) -> alarm.cancel(false));
        } catch (RejectedExecutionException stopped) {
            endNow(List.of(waiter));
        }
    }

    private void endNow(List<Waiter> waiters) {
        try {
            look(waiters, true);
        } catch (RuntimeException e) {
            waiters.forEach(waiter -> waiter.end().completeExceptionally(e));
        }
    }

    private void leave(Waiter waiter) {
        waiting.computeIfPresent(waiter.id(), (id, present) -> {
            present.remove(waiter);
            return present.isEmpty() ? null : present;
        });
        places.release();
    }

    @TransactionalEventListener
    void on(MessageChanged changed) {
        Set<Waiter> woken = waiting.get(changed.id());
        if (woken != null && !stopping) {
            // Not here: this is the thread that delivers.
            executor.execute(() -> guarded(() -> look(List.copyOf(woken), false)));
        }
    }

    /** Held calls would hold up the end of the service. One look for all: with a database that is away each takes long. */
    @EventListener
    void on(ContextClosedEvent closed) {
        stopping = true;
        endNow(all());
    }

    private void lookAtAll() {
        guarded(() -> look(all(), false));
    }

    private List<Waiter> all() {
        return waiting.values().stream().flatMap(Set::stream).toList();
    }

    /** @param end whether they end in any case */
    private void look(List<Waiter> waiters, boolean end) {
        if (waiters.isEmpty()) {
            return;
        }
        Map<String, Message> found = messages
                .findAll(waiters.stream().map(Waiter::id).toList())
                .stream()
                .collect(Collectors.toMap(Message::id, Function.identity()));
        for (Waiter waiter : waiters) {
            Optional<Message> message = Optional.ofNullable(found.get(waiter.id()));
            if (end || message.isEmpty() || waiter.wanted().test(message.get())) {
                waiter.end().complete(message);
            }
        }
    }

    private void guarded(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException e) {
            log.warn("Messages that somebody waits for could not be looked at; they are looked at again soon", e);
        }
    }

    int count() {
        return waiting.values().stream().mapToInt(Set::size).sum();
    }

    @Override
    public void destroy() {
        executor.shutdownNow();
        all().forEach(waiter -> waiter.end().cancel(false));
    }
}
