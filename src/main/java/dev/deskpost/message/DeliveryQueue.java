package dev.deskpost.message;

import dev.deskpost.station.StationProperties;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The queue as the executor of a station sees it. Every move of a message is a transaction that holds its {@link Lane}, and
 * checks state and claim together (fenced): who comes late gets {@code false} and has changed nothing.
 */
@Component
public class DeliveryQueue {

    private static final int BATCH = 500;

    private final MessageRows rows;
    private final Lanes lanes;
    private final DueLanes dueLanes;
    private final Rests rests;
    private final ObjectProvider<Readiness> readiness;
    private final Clock clock;
    private final String station;

    DeliveryQueue(
            MessageRows rows,
            Lanes lanes,
            DueLanes dueLanes,
            Rests rests,
            ObjectProvider<Readiness> readiness,
            Clock clock,
            StationProperties station) {
        this.rows = rows;
        this.lanes = lanes;
        this.dueLanes = dueLanes;
        this.rests = rests;
        this.readiness = readiness;
        this.clock = clock;
        this.station = station.station();
    }

    /** Which messages are meant. */
    public enum Reach {
        ALL,
        /** For recipients that have no window. */
        WITHOUT_DESKTOP,
        /** For recipients that have one. */
        WITH_DESKTOP
    }

    /**
     * Takes the next due message in hand: in the order of service, except those that an earlier one for the same recipient
     * and priority holds up, and those whose recipient takes none at present.
     *
     * @return empty if none is due
     */
    @Transactional
    public Optional<Claim> claimNext(Reach reach) {
        while (true) {
            Instant now = clock.instant();
            Optional<DueLanes.Due> due = dueLanes.next(station, reach, now);
            if (due.isEmpty()) {
                return Optional.empty();
            }
            Optional<Claim> claim = take(due.get(), now);
            if (claim.isPresent()) {
                return claim;
            }
        }
    }

    /** @return empty if another was quicker, the message's time was up, or its recipient is not ready */
    private Optional<Claim> take(DueLanes.Due due, Instant now) {
        Lane lane = lanes.lock(due.lane());
        if (!lane.offers(due.head(), now)) {
            return Optional.empty();
        }
        Message message = rows.lock(due.head()).orElseThrow();
        if (message.isExpiredAt(now)) {
            lanes.move(lane, message, expired -> expired.expire(now));
            return Optional.empty();
        }
        Instant dueSince = message.dueSince();
        Optional<Instant> held = readiness.stream()
                .flatMap(each -> each.heldUntil(message.recipient(), dueSince, now).stream())
                .max(Instant::compareTo)
                .filter(now::isBefore);
        if (held.isPresent()) {
            lane.lookAgainAt(held.get(), message.place());
            return Optional.empty();
        }
        lanes.take(lane, message, station);
        return Optional.of(Claim.of(message, dueSince));
    }

    /**
     * Who is ready may have changed: messages that were held back are due again.
     *
     * @return how many; there may be more
     */
    @Transactional
    public int lookAgain() {
        return each(
                rows.heldHeads(clock.instant(), Limit.of(BATCH)),
                message -> message.state() == MessageState.PENDING,
                message -> {});
    }

    /** Whether {@link #claimNext} may find one. */
    public boolean isAnyDue(Reach reach) {
        Instant now = clock.instant();
        return dueLanes.isAny(station, reach, now)
                || !rows.noLongerDeferred(Instant.EPOCH, now, Limit.of(1)).isEmpty();
    }

    /** When a message becomes due that is not due yet. */
    public Optional<Instant> nextDue() {
        Instant now = clock.instant();
        return Stream.concat(
                        dueLanes.nextDueAfter(station, now).stream(),
                        rows.deferredUntil(Instant.EPOCH, Limit.of(1)).stream())
                .min(Instant::compareTo);
    }

    /** Whether the claim still holds. Nobody else can end it until the transaction ends. */
    @Transactional
    public boolean holds(Claim claim) {
        return rows.lockClaimed(claim.messageId(), claim.number()).isPresent();
    }

    @Transactional
    public boolean delivered(Claim claim, Channel channel, @Nullable Evidence evidence) {
        return settle(claim, message -> message.markDelivered(channel, evidence, clock.instant()));
    }

    /** Certainly not submitted; tried again at that time. */
    @Transactional
    public boolean retryAt(Claim claim, Failure failure, Instant when) {
        return settle(claim, message -> message.retryAt(failure, when));
    }

    /** Certainly not submitted, and not for a reason of this message: the try does not count. */
    @Transactional
    public boolean postponed(Claim claim, Failure failure, Instant when) {
        return settle(claim, message -> message.postpone(failure, when));
    }

    @Transactional
    public boolean failed(Claim claim, Failure failure) {
        return settle(claim, message -> message.markFailed(failure, clock.instant()));
    }

    @Transactional
    public boolean unconfirmed(Claim claim, Failure failure, @Nullable Evidence evidence) {
        return settle(claim, message -> message.markUnconfirmed(failure, evidence, clock.instant()));
    }

    private boolean settle(Claim claim, Consumer<Message> change) {
        Lane lane = lanes.lock(new Lane.Key(claim.priority(), claim.recipient()));
        Optional<Message> message = rows.lockClaimed(claim.messageId(), claim.number());
        message.ifPresent(taken -> lanes.settle(lane, taken, change));
        return message.isPresent();
    }

    /** The recipient gets no other message for this long. */
    @Transactional
    public void rest(String recipient, Duration interval) {
        dueLanes.rest(recipient, clock.instant().plus(interval));
    }

    /** Messages for this station to settle whose attempt was cut off: claimed, and nobody works on them any more. */
    public List<Claim> inProcess() {
        return rows.inProcess(station, dueLanes.isAlone()).stream()
                .map(message -> Claim.of(message, message.acceptedAt()))
                .toList();
    }

    /**
     * Lets those into their lanes whose {@code deliverAfter} has come; {@link #claimNext} does not see them before.
     *
     * @return how many; there may be more
     */
    @Transactional
    public int admit() {
        Instant now = clock.instant();
        return each(
                rows.noLongerDeferred(Instant.EPOCH, now, Limit.of(BATCH)), Message::isDeferred, Message::enterLane);
    }

    /** Ends those whose time is up. @return how many; there may be more */
    @Transactional
    public int expire() {
        Instant now = clock.instant();
        return each(
                rows.expired(Instant.EPOCH, now, Limit.of(BATCH)),
                message -> message.state() == MessageState.PENDING && message.isExpiredAt(now),
                message -> message.expire(now));
    }

    /**
     * The clock was set back: what waits for a time that it had announced would wait too long, and is due now. Messages that
     * a sender has deferred wait for the time that the sender named.
     *
     * @return how many; there may be more
     */
    @Transactional
    public int hurry() {
        return hurryBeyond(clock.instant());
    }

    /**
     * The same for those alone that wait for a later time than anybody would have announced: the clock was set back while
     * nobody looked.
     *
     * @param latest not before now
     */
    @Transactional
    public int hurryBeyond(Instant latest) {
        Instant now = clock.instant();
        return each(
                rows.waitingHeads(latest, Limit.of(BATCH)),
                message -> message.state() == MessageState.PENDING && message.waitsAt(latest),
                message -> message.hurry(now));
    }

    /** The clock was set back: no recipient rests until a time that it had announced. */
    @Transactional
    public void restNoMore() {
        dueLanes.restNoMore();
    }

    /**
     * No recipient of this station rests for longer than its settings say now: the clock may have been set back while nobody
     * looked.
     */
    @Transactional
    public void restAsPaced() {
        rests.shortenAll(station);
    }

    private int each(List<MessageRows.Found> found, Predicate<Message> stillSo, Consumer<Message> change) {
        Map<Lane.Key, Lane> locked =
                lanes.lockAll(found.stream().map(MessageRows.Found::lane).toList());
        int moved = 0;
        for (MessageRows.Found one : found) {
            Optional<Message> message = rows.lock(one.id()).filter(stillSo);
            Lane lane = locked.get(one.lane());
            if (message.isPresent() && lane != null) {
                lanes.move(lane, message.get(), change);
                moved++;
            }
        }
        return moved;
    }
}
