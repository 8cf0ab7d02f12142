package dev.deskpost.message;

import dev.deskpost.recipient.UnknownRecipient;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The durable queue as senders and people see it: what they put into it, look at, and decide about single messages. */
@Component
public class Messages {

    private static final int ASKED_AT_ONCE = 500;
    private static final Failure NOT_ARRIVED =
            new Failure("RESOLVED_NOT_DELIVERED", "somebody looked and said that it had not arrived");

    private final MessageRows rows;
    private final MessageLists lists;
    private final LaneRows laneRows;
    private final Lanes lanes;
    private final AcceptMessages acceptMessages;
    private final Clock clock;

    Messages(
            MessageRows rows,
            MessageLists lists,
            LaneRows laneRows,
            Lanes lanes,
            AcceptMessages acceptMessages,
            Clock clock) {
        this.rows = rows;
        this.lists = lists;
        this.laneRows = laneRows;
        this.lanes = lanes;
        this.acceptMessages = acceptMessages;
        this.clock = clock;
    }

    /**
     * Puts a message into the queue. When this returns it is kept.
     *
     * @throws Draining if none are accepted at present
     * @throws UnknownRecipient if nobody of that name can be written to
     */
    @Transactional
    public Message accept(NewMessage wanted) {
        return acceptAll(List.of(wanted), null).get(0);
    }

    /**
     * Puts several messages into the queue, all or none, in their order.
     *
     * @param broadcast what they belong to together, if anything
     * @throws Draining if none are accepted at present
     * @throws UnknownRecipient if nobody of one of the names can be written to
     */
    @Transactional
    public List<Message> acceptAll(List<NewMessage> wanted, @Nullable String broadcast) {
        return acceptMessages.all(wanted, broadcast);
    }

    public Optional<Message> find(String id) {
        return MessageId.isId(id) ? rows.findById(id) : Optional.empty();
    }

    /** Those of them that there are, in no order. */
    public List<Message> findAll(Collection<String> ids) {
        List<String> wanted = ids.stream().distinct().filter(MessageId::isId).toList();
        List<Message> found = new ArrayList<>();
        for (int from = 0; from < wanted.size(); from += ASKED_AT_ONCE) {
            found.addAll(rows.findByIdIn(wanted.subList(from, Math.min(wanted.size(), from + ASKED_AT_ONCE))));
        }
        return found;
    }

    /** @param before where the page starts, as the page before said; null for the newest */
    public MessagePage list(MessageFilter filter, @Nullable Long before, int limit) {
        return lists.page(filter, before, limit);
    }

    /**
     * Takes back a message that waits.
     *
     * @throws UnknownMessage if there is none
     * @throws WrongState if it does not wait
     */
    @Transactional
    public Message cancel(String id) {
        return move(
                id,
                Set.of(MessageState.PENDING),
                "only one that is PENDING can be cancelled",
                message -> message.cancel(clock.instant()));
    }

    /**
     * Has a message tried again that failed, or of which nobody knows whether it was submitted.
     *
     * @throws UnknownMessage if there is none
     * @throws WrongState if it is in another state, or its time is up
     */
    @Transactional
    public Message retry(String id) {
        return move(
                id,
                Set.of(MessageState.FAILED, MessageState.UNCONFIRMED),
                "only one that is FAILED or UNCONFIRMED can be tried again",
                message -> {
                    if (message.isExpiredAt(clock.instant())) {
                        throw new WrongState(id, message.state(), "its expiresAt has passed; POST it as a new message");
                    }
                    message.replay(clock.instant());
                });
    }

    /**
     * A person says what became of a message that is not confirmed.
     *
     * @throws UnknownMessage if there is none
     * @throws WrongState if it is in another state
     */
    @Transactional
    public Message resolve(String id, boolean delivered) {
        return move(id, Set.of(MessageState.UNCONFIRMED), "only one that is UNCONFIRMED can be resolved", message -> {
            if (delivered) {
                message.resolveDelivered(clock.instant());
            } else {
                message.resolveFailed(NOT_ARRIVED, clock.instant());
            }
        });
    }

    /**
     * The message's own recipient has proved that it got the whole text, maybe long after the attempt.
     *
     * <p>UNCONFIRMED becomes DELIVERED; so do PENDING and FAILED if the message was tried. What is DELIVERED keeps its state
     * and gets the better evidence. A PROCESSING one is left to its attempt, and what was never typed stays as it is.
     *
     * @return whether anything changed
     */
    @Transactional
    public boolean confirm(String id, Evidence proof) {
        return change(id, message -> message.canBeConfirmed(proof), message -> message.confirm(proof, clock.instant()));
    }

    /**
     * Somebody has reported the message's text, but not as it was sent, or not the one that it was sent to. That is noted,
     * and is the failure of one that is UNCONFIRMED; no state changes. What its own recipient has proved stands, and a
     * PROCESSING one is left to its attempt.
     *
     * @param fault any but {@code WHOLE}
     * @return whether anything changed
     */
    @Transactional
    public boolean fault(String id, Verdict fault) {
        if (fault == Verdict.WHOLE) {
            throw new IllegalArgumentException("a whole text is no fault");
        }
        return change(id, message -> message.canBeFaulted(fault), message -> message.fault(fault));
    }

    /**
     * The messages of a recipient that it may have got without anybody knowing: in hand now, or without a proof since some
     * time.
     *
     * @param limit the newest so many
     */
    public List<Message> awaitingProof(String recipient, Instant since, int limit) {
        List<Message> awaiting = new ArrayList<>(rows.inProcessFor(recipient, Limit.of(limit)));
        if (awaiting.size() < limit) {
            awaiting.addAll(rows.unconfirmedFor(recipient, since, Limit.of(limit - awaiting.size())));
        }
        return awaiting;
    }

    /** The message, which nobody else moves until the transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Message> held(String id) {
        return hold(id).map(Held::message);
    }

    /** A message whose lane and row are locked, in the one order in which everybody locks them. */
    private record Held(Lane lane, Message message) {}

    private Optional<Held> hold(String id) {
        Optional<MessageRows.Found> found =
                Optional.of(id).filter(MessageId::isId).flatMap(rows::found);
        Optional<Lane> lane = found.map(known -> lanes.lock(known.lane()));
        return lane.flatMap(locked -> rows.lock(id).map(message -> new Held(locked, message)));
    }

    private boolean change(String id, Predicate<Message> possible, Consumer<Message> change) {
        Optional<Held> held = hold(id).filter(it -> possible.test(it.message()));
        held.ifPresent(it -> lanes.move(it.lane(), it.message(), change));
        return held.isPresent();
    }

    private Message move(String id, Set<MessageState> from, String possible, Consumer<Message> change) {
        Held held = hold(id).orElseThrow(() -> new UnknownMessage(id));
        Message message = held.message();
        if (!from.contains(message.state())) {
            throw new WrongState(id, message.state(), possible);
        }
        lanes.move(held.lane(), message, change);
        return message;
    }

    /**
     * How many messages stand where.
     *
     * @param oldestPendingAt since when the first message of a lane has waited that has waited longest: since it was
     *     accepted, its {@code deliverAfter} has come, or a person wants it tried again
     */
    public record Figures(
            long pending,
            long processing,
            long failed,
            long unconfirmed,
            @Nullable Instant oldestPendingAt) {}

    /** All at one moment (two questions, so one snapshot for both), and without counting: the lanes know. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Figures figures() {
        LaneRows.Sums sums = laneRows.sums();
        List<Lane> taken = laneRows.taken();
        Stream<Instant> behindTaken = taken.stream()
                .flatMap(lane -> Optional.ofNullable(lane.takenSeq()).stream()
                        .flatMap(seq -> rows.inLane(lane.recipient(), lane.priority(), seq, Limit.of(1)).stream()))
                .map(Lane.Place::waitsSince);
        Instant oldest = Stream.concat(Optional.ofNullable(sums.oldest()).stream(), behindTaken)
                .min(Instant::compareTo)
                .orElse(null);
        return new Figures(sums.pending(), taken.size(), sums.failed(), sums.unconfirmed(), oldest);
    }
}
