package dev.deskpost.delivery;

import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.message.DeliveryQueue;
import dev.deskpost.message.DeliveryQueue.Reach;
import dev.deskpost.station.StationLease;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/**
 * Delivers what is due, again and again, on one thread: woken by news ({@link WakeOnNews}), by the time of the next retry,
 * and by a poll in case a wake-up was lost. Only the process that holds the station does ({@link StationLease}); others
 * stand by. Asks before each message whether the person at the desk lets it be typed ({@link DeskWatch}). Survives whatever
 * a delivery throws.
 */
@Component
class DeliveryLoop {

    private static final Logger log = LoggerFactory.getLogger(DeliveryLoop.class);

    private final DeliverNextMessage deliverNextMessage;
    private final AwaitedProofs proofs;
    private final DeliveryQueue queue;
    private final DesktopAvailability desktop;
    private final DesktopHold hold;
    private final DeskWatch desk;
    private final PauseSwitch pause;
    private final StationLease lease;
    private final Processor processor;
    private final DeliveryProperties properties;
    private final Clock clock;
    private final Housekeeping housekeeping;
    private final Pace pace;
    private final WakeUps wakeUps;

    /** In which term as the station the present turn has settled what others had left. */
    private long term;

    private volatile boolean stopping;

    DeliveryLoop(
            DeliverNextMessage deliverNextMessage,
            AwaitedProofs proofs,
            DeliveryQueue queue,
            DesktopAvailability desktop,
            DesktopHold hold,
            DeskWatch desk,
            PauseSwitch pause,
            StationLease lease,
            Processor processor,
            DeliveryProperties properties,
            ThreadPoolTaskScheduler deliveryExecutor,
            Clock clock) {
        this.deliverNextMessage = deliverNextMessage;
        this.proofs = proofs;
        this.queue = queue;
        this.desktop = desktop;
        this.hold = hold;
        this.desk = desk;
        this.pause = pause;
        this.lease = lease;
        this.processor = processor;
        this.properties = properties;
        this.clock = clock;
        this.housekeeping = new Housekeeping(deliverNextMessage, proofs, queue, properties.pollInterval(), clock);
        this.pace = new Pace(properties.minInterval());
        this.wakeUps = new WakeUps(deliveryExecutor, this::turn);
    }

    @EventListener
    void on(ContextClosedEvent closed) {
        stopping = true;
        wakeUps.end();
        processor.stopped();
    }

    /** Makes the loop look soon. */
    void wake() {
        wakeUps.now();
    }

    /** The same, and at what was reported of a message. */
    void wakeForProofOf(String messageId) {
        proofs.newsOf(messageId);
        wake();
    }

    /** The same, and also at what was held back because its recipient was not ready. */
    void wakeForThoseHeldBack() {
        housekeeping.readinessChanged();
        wake();
    }

    /** The same, and at all whose proof is awaited. */
    void wakeForAwaited() {
        proofs.lookAtAll();
        wake();
    }

    /** The same after news that can be of any kind, such as those from another process. */
    void wakeForAnything() {
        proofs.lookAtAll();
        wakeForThoseHeldBack();
    }

    @Scheduled(
            fixedDelayString = "${deskpost.delivery.poll-interval:5s}",
            initialDelayString = "0s",
            scheduler = "deliveryExecutor")
    void turn() {
        wakeUps.awake();
        if (stopping) {
            return;
        }
        try {
            processor.looking();
            // The alarm for the next look is set still.
            if (!desktop.isLeftToAnother() && stationIsOurs()) {
                housekeeping.tidyUp();
                housekeeping.seeWhatIsNew();
                deliverWithoutDesktop();
                setAlarm(desktop.isThere() ? deliverAllThatIsDue() : Rest.UNTIL_DESKTOP);
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
            wakeUps.notAnyMore();
            desktop.forget();
            deliverNextMessage.forget();
            processor.standingBy("another Deskpost holds the station '" + lease.station() + "'");
        }
        term = lease.term();
        return ours;
    }

    private boolean mayDeliver() {
        return !stopping && isStillOurs() && !pause.isPaused();
    }

    /** After another was the station in between, there is to be settled first what that one has left. */
    private boolean isStillOurs() {
        return lease.isHeld() && lease.term() == term;
    }

    /** What goes into inboxes waits for nobody at the desk. */
    private void deliverWithoutDesktop() {
        boolean delivered = true;
        while (delivered && mayDeliver() && queue.isAnyDue(Reach.WITHOUT_DESKTOP)) {
            housekeeping.admit();
            delivered = deliverNextMessage.run(Reach.WITHOUT_DESKTOP).isPresent();
            housekeeping.seeWhatIsNew();
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
            while (mayDeliver() && (hold.isHeld() || queue.isAnyDue(Reach.ALL))) {
                if (pace.left().compareTo(Duration.ZERO) > 0) {
                    return Rest.UNTIL_PACE;
                }
                switch (desk.ask()) {
                    case PAUSED -> {
                        return Rest.UNTIL_DUE;
                    }
                    case DEFERRED -> {
                        return Rest.UNTIL_FREE;
                    }
                    case BUSY -> {
                        return Rest.UNTIL_DESKTOP;
                    }
                    case GIVEN_UP -> {
                        housekeeping.admit();
                        if (deliverNextMessage.giveUp(desk.givenUp()).isEmpty()) {
                            return Rest.UNTIL_FREE;
                        }
                        // Even if an inbox took it: nothing was submitted, and nobody has left the desk.
                    }
                    default -> {
                        housekeeping.admit();
                        Optional<DeliveryOutcome> outcome = deliverNextMessage.run(Reach.ALL);
                        if (outcome.isEmpty()) {
                            return untilDue();
                        }
                        if (!(outcome.get() instanceof NotSent)) {
                            pace.submitted();
                        }
                        if (isDesktopWide(outcome.get())) {
                            return Rest.UNTIL_DESKTOP;
                        }
                    }
                }
                hold.letOthersIn();
                housekeeping.seeWhatIsNew();
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
        } else {
            desk.wasFree();
        }
        return code != null && code.isDesktopWide();
    }

    /** Wakes the loop when there may be something to do again. */
    private void setAlarm(Rest rest) {
        wakeUps.notAnyMore();
        if (rest == Rest.UNTIL_FREE || (rest == Rest.UNTIL_DUE && !isStillOurs())) {
            wakeUps.now();
            return;
        }
        Optional<Instant> when = switch (rest) {
            case UNTIL_DUE -> earlier(pause.isPaused() ? Optional.empty() : queue.nextDue(), proofs.next());
            case UNTIL_PACE -> Optional.of(clock.instant().plus(pace.left()));
            default -> Optional.of(clock.instant().plus(properties.desktopRetry()));
        };
        when.ifPresent(wakeUps::at);
    }

    private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return Stream.of(one, other).flatMap(Optional::stream).min(Instant::compareTo);
    }
}
