package dev.deskpost.delivery;

import dev.deskpost.database.WakeUpCall;
import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.delivery.DeskWatch.Permission;
import dev.deskpost.desktop.Desktop;
import dev.deskpost.desktop.DesktopStatus;
import dev.deskpost.desktop.DesktopTaken;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.message.DeliveryQueue;
import dev.deskpost.message.MessageAccepted;
import dev.deskpost.message.MessageChanged;
import dev.deskpost.message.MessageState;
import dev.deskpost.recipient.RecipientChanged;
import dev.deskpost.station.StationChanged;
import dev.deskpost.station.StationLease;
import java.time.Clock;
import java.time.Duration;
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
    private final DeliveryQueue queue;
    private final Desktop desktop;
    private final DesktopHold hold;
    private final DeskWatch desk;
    private final PauseSwitch pause;
    private final StationLease lease;
    private final Processor processor;
    private final DeliveryProperties properties;
    private final ThreadPoolTaskScheduler executor;
    private final Clock clock;
    private final ClockWatch clockWatch;
    private final Pace pace;

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
            DeliveryQueue queue,
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
        this.queue = queue;
        this.desktop = desktop;
        this.hold = hold;
        this.desk = desk;
        this.pause = pause;
        this.lease = lease;
        this.processor = processor;
        this.properties = properties;
        this.executor = deliveryExecutor;
        this.clock = clock;
        this.clockWatch = new ClockWatch(clock);
        this.pace = new Pace(properties.minInterval());
    }

    @TransactionalEventListener
    void on(MessageAccepted accepted) {
        wake();
    }

    /** One that is tried again, or one that was in the way of others. */
    @TransactionalEventListener
    void on(MessageChanged changed) {
        if (changed.state() == MessageState.PENDING || changed.state() == MessageState.CANCELLED) {
            wake();
        }
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
                mindTheClock();
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

    private void mindTheClock() {
        if (clockWatch.wentBack()) {
            log.warn("The clock was set back; what waited for another try is due now");
            queue.clockWentBack();
        }
    }

    /** Why the loop has stopped delivering for now. */
    private enum Rest {
        /** Nothing is due, or the station is paused: until it is. */
        UNTIL_DUE,
        /** Somebody uses the desktop: to be asked again at once, for asking waits. */
        UNTIL_FREE,
        /** A message was submitted, and the station is to pause after it. */
        UNTIL_PACE,
        /** The desktop failed: to be looked at again after a pause. */
        UNTIL_DESKTOP
    }

    private Rest deliverAllThatIsDue() {
        try {
            while (!stopping && lease.isHeld() && !pause.isPaused() && (hold.isHeld() || queue.isAnyDue())) {
                if (pace.left().compareTo(Duration.ZERO) > 0) {
                    return Rest.UNTIL_PACE;
                }
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
                        if (!(outcome.get() instanceof NotSent)) {
                            pace.submitted();
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
        if (queue.nextDue().isEmpty()) {
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
        while (queue.expire() > 0) {
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
            case UNTIL_DUE -> pause.isPaused() ? Optional.empty() : queue.nextDue();
            case UNTIL_PACE -> Optional.of(clock.instant().plus(pace.left()));
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
