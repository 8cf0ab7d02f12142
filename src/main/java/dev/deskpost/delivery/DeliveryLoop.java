package dev.deskpost.delivery;

import dev.deskpost.database.WakeUpCall;
import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.delivery.DeskWatch.Permission;
import dev.deskpost.desktop.Desktop;
import dev.deskpost.desktop.DesktopStatus;
import dev.deskpost.desktop.DesktopTaken;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.message.MessageAccepted;
import dev.deskpost.message.Messages;
import dev.deskpost.recipient.RecipientChanged;
import dev.deskpost.station.StationChanged;
import dev.deskpost.station.StationLease;
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
 * a poll in case a wake-up was lost. Only the process that holds the station does ({@link StationLease}); others stand by. Asks before each message whether the person at the desk lets it be typed
 * ({@link DeskWatch}). Survives whatever a delivery throws.
 */
@Component
class DeliveryLoop {

    private static final Logger log = LoggerFactory.getLogger(DeliveryLoop.class);

    private final DeliverNextMessage deliverNextMessage;
    private final MeasureDesktop measureDesktop;
    private final Messages messages;
    private final Desktop desktop;
    private final DesktopHold hold;
    private final DeskWatch desk;
    private final PauseSwitch pause;
    private final StationLease lease;
    private final Processor processor;
    private final DeliveryProperties properties;
    private final ThreadPoolTaskScheduler executor;
    private final Clock clock;

    private final AtomicBoolean wakeUpQueued = new AtomicBoolean();
    private volatile boolean stopping;
    private @Nullable Future<?> alarm;
    private boolean wasThere;
    private @Nullable String lastReason;

    /** Why the desktop cannot be used, null if it can, and whether that is because another delivers to it. */
    private record Look(@Nullable String reason, boolean standby) {

        static Look at(DesktopStatus status) {
            return new Look(status.reason(), status.standby());
        }
    }

    DeliveryLoop(
            DeliverNextMessage deliverNextMessage,
            MeasureDesktop measureDesktop,
            Messages messages,
            Desktop desktop,
            DesktopHold hold,
            DeskWatch desk,
            PauseSwitch pause,
            StationLease lease,
            Processor processor,
            DeliveryProperties properties,
            ThreadPoolTaskScheduler deliveryExecutor,
            Clock clock) {
        this.deliverNextMessage = deliverNextMessage;
        this.measureDesktop = measureDesktop;
        this.messages = messages;
        this.desktop = desktop;
        this.hold = hold;
        this.desk = desk;
        this.pause = pause;
        this.lease = lease;
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

    @EventListener({StationChanged.class, WakeUpCall.class})
    void somethingChanged() {
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
            processor.looking();
            if (stationIsOurs()) {
                deliverNextMessage.settleCutOff();
                expireOld();
                setAlarm(desktopIsThere() ? deliverAllThatIsDue() : Rest.UNTIL_DESKTOP);
            }
        } catch (RuntimeException | Error e) {
            log.error(
                    "Unhandled error in the delivery loop. It keeps running and looks again within {}.",
                    properties.pollInterval(),
                    e);
        }
    }

    /** Who stands by looks again when the station may be free: {@link StationLease} tries, and wakes the loop. */
    private boolean stationIsOurs() {
        boolean ours = lease.hold();
        if (!ours) {
            cancelAlarm();
            wasThere = false;
            lastReason = null;
            processor.standingBy("another Deskpost holds the station '" + lease.station() + "'");
        }
        return ours;
    }

    /** Why the loop has stopped delivering for now. */
    private enum Rest {
        /** Nothing is due, or the station is paused: until it is. */
        UNTIL_DUE,
        /** Somebody uses the desktop: to be asked again at once, for asking waits. */
        UNTIL_FREE,
        /** The desktop failed: to be looked at again after a pause. */
        UNTIL_DESKTOP
    }

    private Rest deliverAllThatIsDue() {
        try {
            while (!stopping && lease.isHeld() && !pause.isPaused() && (hold.isHeld() || messages.isAnyDue())) {
                Permission permission = desk.ask();
                switch (permission) {
                    case PAUSED -> {
                        return Rest.UNTIL_DUE;
                    }
                    case DEFERRED -> {
                        return Rest.UNTIL_FREE;
                    }
                    case BUSY -> {
                        return Rest.UNTIL_DESKTOP;
                    }
                    default -> {
                        Optional<DeliveryOutcome> outcome = permission == Permission.GIVEN_UP
                                ? deliverNextMessage.giveUp(desk.givenUp())
                                : deliverNextMessage.run();
                        if (outcome.isEmpty()) {
                            return untilDue();
                        }
                        if (isDesktopWide(outcome.get())) {
                            return Rest.UNTIL_DESKTOP;
                        }
                        hold.letOthersIn();
                    }
                }
            }
            return untilDue();
        } catch (DesktopUnavailable e) {
            log.debug("The desktop is gone before a message was claimed", e);
            return Rest.UNTIL_DESKTOP;
        } finally {
            hold.release();
        }
    }

    private Rest untilDue() {
        if (messages.nextDue().isEmpty()) {
            desk.wasFree();
        }
        return Rest.UNTIL_DUE;
    }

    private boolean isDesktopWide(DeliveryOutcome outcome) {
        FailureCode code = outcome instanceof NotSent notSent ? notSent.code() : null;
        if (code == FailureCode.DESKTOP_IN_USE) {
            desk.interrupted();
        } else if (code != FailureCode.DESKTOP_NOT_FREED) {
            desk.wasFree();
        }
        return code != null && code.isDesktopWide();
    }

    private void expireOld() {
        while (messages.expire() > 0) {
            log.debug("Some messages have expired; looking for more");
        }
    }

    private boolean desktopIsThere() {
        Look look = wasThere ? Look.at(desktop.status()) : open();
        @Nullable String reason = look.reason();
        if (look.standby()) {
            lease.letGo(); // Whoever has the desktop can be the station; this one cannot
            processor.standingBy();
        } else {
            processor.running();
        }
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

    /** What has to be opened is opened now, and not while the first message waits for it. */
    private Look open() {
        try {
            desktop.acquire(properties.desktopPatience()).ifPresent(session -> {
                try (session) {
                    measureDesktop.run(session);
                }
            });
            return new Look(null, false);
        } catch (DesktopUnavailable e) {
            return new Look(e.reason(), e instanceof DesktopTaken);
        }
    }

    /** Wakes the loop when there may be something to do again. */
    private void setAlarm(Rest rest) {
        cancelAlarm();
        if (rest == Rest.UNTIL_FREE || (rest == Rest.UNTIL_DUE && !lease.isHeld())) {
            wake();
            return;
        }
        Optional<Instant> when = switch (rest) {
            case UNTIL_DUE -> pause.isPaused() ? Optional.empty() : messages.nextDue();
            default -> Optional.of(clock.instant().plus(properties.desktopRetry()));
        };
        alarm = when.<Future<?>>map(at -> executor.schedule(this::wake, at)).orElse(null);
    }

    private void cancelAlarm() {
        if (alarm != null) {
            alarm.cancel(false);
        }
        alarm = null;
    }
}
