package dev.deskpost.monitoring.notify;

import dev.deskpost.monitoring.notify.Answer.Accepted;
import dev.deskpost.monitoring.notify.Answer.Refused;
import dev.deskpost.monitoring.notify.Answer.TryAgain;
import dev.deskpost.monitoring.notify.NotificationMetrics.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings notifications to one webhook, in their order, each at least once or until it is given up. To hand one over waits for
 * nothing. Kept in memory: what was not sent when the process dies is lost.
 */
final class Courier {

    private static final Logger log = LoggerFactory.getLogger(Courier.class);

    private final String name;
    private final Wrapping wrapping;
    private final WebhookClient client;
    private final Backoff backoff;
    private final int maxAttempts;
    private final int queueLimit;
    private final NotificationMetrics metrics;
    private final Clock clock;
    /** Two threads: one sends, the other ends a try whose time is up. */
    private final ScheduledThreadPoolExecutor executor;

    private final Deque<Notification> waiting = new ArrayDeque<>();
    private @Nullable Notification current;
    private int tries;
    private @Nullable Future<?> next;
    private boolean closing;
    /** A try was under way when it began to close: another one follows. */
    private boolean onceMore;

    private boolean over;

    /**
     * @param name what the log calls it
     * @param client makes it with the timer that it needs
     */
    Courier(
            String name,
            Wrapping wrapping,
            Function<ScheduledThreadPoolExecutor, WebhookClient> client,
            NotificationProperties.Notifications settings,
            Backoff backoff,
            NotificationMetrics metrics,
            Clock clock) {
        this.name = name;
        this.wrapping = wrapping;
        this.backoff = backoff;
        this.maxAttempts = settings.maxAttempts();
        this.queueLimit = settings.queueLimit();
        this.metrics = metrics;
        this.clock = clock;
        this.executor = new ScheduledThreadPoolExecutor(2, task -> {
            Thread thread = new Thread(task, "deskpost-notify-" + name);
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        this.client = client.apply(executor);
    }

    synchronized void take(Notification notification) {
        if (closing) {
            return;
        }
        waiting.addLast(notification);
        if (waiting.size() > queueLimit) {
            Notification oldest = waiting.removeFirst();
            metrics.count(Outcome.DROPPED);
            log.warn(
                    "Too many notifications wait for {}; the oldest, of the alert '{}', is dropped",
                    name,
                    oldest.alert().rule());
        }
        if (current == null && next == null) {
            next = executor.schedule(this::work, 0, TimeUnit.MILLISECONDS);
        }
    }

    /** Sends until there is nothing left, or something is to be tried again later. */
    private void work() {
        Notification notification = begin();
        while (notification != null) {
            Answer answer = send(notification);
            notification = settle(notification, answer);
        }
    }

    private synchronized @Nullable Notification begin() {
        if (next == null) {
            return null; // It was to be cancelled, and had begun already: another was faster.
        }
        next = null;
        if (current == null) {
            current = waiting.pollFirst();
            tries = 0;
        }
        return current;
    }

    private Answer send(Notification notification) {
        try {
            return client.send(wrapping.wrap(notification, clock.instant()));
        } catch (RuntimeException e) {
            log.error("A notification cannot be written for {}", name, e);
            return new Refused("it cannot be written");
        } catch (Error e) {
            // Whoever waits for the next one would wait for ever
            log.error("A notification cannot be sent to {} at present", name, e);
            return new TryAgain("a fault of this service: " + e.getClass().getSimpleName());
        }
    }

    /** @return what is to be sent now */
    private synchronized @Nullable Notification settle(Notification notification, Answer answer) {
        if (over) {
            return null;
        }
        tries++;
        boolean mayTryAgain = tries < maxAttempts && (!closing || onceMore);
        onceMore = false;
        String rule = notification.alert().rule();
        if (answer instanceof Accepted) {
            metrics.count(Outcome.SENT);
            log.debug("{} has heard of the alert '{}'", name, rule);
        } else if (answer instanceof Refused refused) {
            metrics.count(Outcome.REFUSED);
            log.warn("{} was not told of the alert '{}', and it is not tried again: {}", name, rule, refused.reason());
        } else if (answer instanceof TryAgain again) {
            if (mayTryAgain && closing) {
                return notification;
            }
            if (mayTryAgain) {
                Duration pause = backoff.after(tries, again.after());
                log.info(
                        "{} could not be told of the alert '{}': {}. Tried again in {}",
                        name,
                        rule,
                        again.reason(),
                        pause);
                next = executor.schedule(this::work, pause.toMillis(), TimeUnit.MILLISECONDS);
                return null;
            }
            metrics.count(closing ? Outcome.UNSENT : Outcome.GIVEN_UP);
            log.warn("{} was not told of the alert '{}', after {} tries: {}", name, rule, tries, again.reason());
        }
        current = waiting.pollFirst();
        tries = 0;
        if (current == null) {
            notifyAll();
        }
        return current;
    }

    /** From now on nothing is taken and nothing waits: what is left is tried once more. */
    synchronized void beginToClose() {
        closing = true;
        onceMore = current != null && next == null;
        if (next != null) {
            next.cancel(false);
            next = executor.schedule(this::work, 0, TimeUnit.MILLISECONDS);
        }
    }

    /** Waits until that is done, or the time is up; then what is under way is cut off. */
    void close(Duration limit) {
        int left = awaitTheLast(limit);
        executor.shutdownNow();
        client.close();
        if (left > 0) {
            metrics.count(Outcome.UNSENT, left);
            log.warn("{} was not told of {} changes of alerts, because the service ends", name, left);
        }
    }

    /** @return how many are left; from now on nobody else counts them */
    private synchronized int awaitTheLast(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (left() > 0 && System.nanoTime() - end < 0) {
                TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        over = true;
        return left();
    }

    private int left() {
        return waiting.size() + (current == null ? 0 : 1);
    }
}
