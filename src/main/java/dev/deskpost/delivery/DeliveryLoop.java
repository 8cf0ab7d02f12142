package dev.deskpost.delivery;

import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.desktop.Desktop;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.message.MessageAccepted;
import dev.deskpost.message.Messages;
import dev.deskpost.recipient.RecipientChanged;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Delivers what is due, again and again, on one thread: woken by accepted messages, by the time of the next retry, and by
 * a poll in case a wake-up was lost. Survives whatever a delivery throws.
 */
@Component
class DeliveryLoop {

    private static final Logger log = LoggerFactory.getLogger(DeliveryLoop.class);

    private final DeliverNextMessage deliverNextMessage;
    private final MeasureDesktop measureDesktop;
    private final Messages messages;
    private final Desktop desktop;
    private final Processor processor;
    private final DeliveryProperties properties;
    private final ThreadPoolTaskScheduler executor;
    private final Clock clock;

    private final AtomicBoolean wakeUpQueued = new AtomicBoolean();
    private volatile boolean stopping;
    private @Nullable Future<?> alarm;
    private boolean wasThere;
    private @Nullable String lastReason;

    DeliveryLoop(
            DeliverNextMessage deliverNextMessage,
            MeasureDesktop measureDesktop,
            Messages messages,
            Desktop desktop,
            Processor processor,
            DeliveryProperties properties,
            ThreadPoolTaskScheduler deliveryExecutor,
            Clock clock) {
        this.deliverNextMessage = deliverNextMessage;
        this.measureDesktop = measureDesktop;
        this.messages = messages;
        this.desktop = desktop;
        this.processor = processor;
        this.properties = properties;
        this.executor = deliveryExecutor;
        this.clock = clock;
    }

    @TransactionalEventListener
    void on(MessageAccepted accepted) {
        wake();
    }

    @TransactionalEventListener
    void on(RecipientChanged changed) {
        wake();
    }

    @EventListener
    void on(ContextClosedEvent closed) {
        stopping = true;
        processor.stopped();
    }

    /** Makes the loop look soon. What comes while a wake-up is queued is seen by it; what comes after queues a new one. */
    void wake() {
        if (!stopping && wakeUpQueued.compareAndSet(false, true)) {
            try {
                executor.execute(this::turn);
            } catch (TaskRejectedException shuttingDown) {
                log.debug("Not woken: the service is stopping, messages wait in the queue");
            }
        }
    }

    @Scheduled(
            fixedDelayString = "${deskpost.delivery.poll-interval:5s}",
            initialDelayString = "0s",
            scheduler = "deliveryExecutor")
    void turn() {
        wakeUpQueued.set(false);
        if (stopping) {
            return;
        }
        try {
            processor.running();
            deliverNextMessage.settleCutOff();
            expireOld();
            boolean desktopFault = !desktopIsThere() || !deliverAllThatIsDue();
            setAlarm(desktopFault);
        } catch (RuntimeException | Error e) {
            log.error(
                    "Unhandled error in the delivery loop. It keeps running and looks again within {}.",
                    properties.pollInterval(),
                    e);
        }
    }

    /** @return false if the desktop failed: there is no point in going on now */
    private boolean deliverAllThatIsDue() {
        while (!stopping) {
            Optional<DeliveryOutcome> outcome = deliverNextMessage.run();
            if (outcome.isEmpty()) {
                return true;
            }
            if (outcome.get() instanceof NotSent notSent && notSent.code().isDesktopWide()) {
                return false;
            }
        }
        return true;
    }

    private void expireOld() {
        while (messages.expire() > 0) {
            log.debug("Some messages have expired; looking for more");
        }
    }

    private boolean desktopIsThere() {
        @Nullable String reason = wasThere ? desktop.status().reason() : open();
        if (reason == null && !wasThere) {
            log.info("The desktop can be used; messages are delivered");
        } else if (reason != null && !reason.equals(lastReason)) {
            log.warn(
                    "Messages wait, because the desktop cannot be used ({}). Looking again every {}.",
                    reason,
                    properties.desktopRetry());
        }
        wasThere = reason == null;
        lastReason = reason;
        return wasThere;
    }

    /** What has to be opened is opened now, and not while the first message waits for it. @return why it failed */
    private @Nullable String open() {
        try {
            desktop.acquire(properties.desktopPatience()).ifPresent(session -> {
                try (session) {
                    measureDesktop.run(session);
                }
            });
            return null;
        } catch (DesktopUnavailable e) {
            return e.reason();
        }
    }

    /** Wakes the loop when the next message becomes due, or when the desktop may be back. */
    private void setAlarm(boolean desktopFault) {
        if (alarm != null) {
            alarm.cancel(false);
        }
        Optional<Instant> when =
                desktopFault ? Optional.of(clock.instant().plus(properties.desktopRetry())) : messages.nextDue();
        alarm = when.<Future<?>>map(at -> executor.schedule(this::wake, at)).orElse(null);
    }
}
