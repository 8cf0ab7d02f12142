package dev.deskpost.message;

import dev.deskpost.message.MessageRows.Count;
import dev.deskpost.message.MessageRows.Due;
import dev.deskpost.message.MessageRows.Waiting;
import dev.deskpost.recipient.Recipients;
import dev.deskpost.recipient.UnknownRecipient;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The durable queue. Every move of a message is a transaction that locks the row and checks state and claim together
 * (fenced): who comes late gets {@code false} and has changed nothing.
 */
@Component
public class Messages {

    private static final int EXPIRY_BATCH = 500;
    private static final int DUE_PAGE = 100;

    private final MessageRows rows;
    private final Recipients recipients;
    private final MessageProperties properties;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Messages(
            MessageRows rows,
            Recipients recipients,
            MessageProperties properties,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rows = rows;
        this.recipients = recipients;
        this.properties = properties;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Puts a message into the queue. When this returns it is kept.
     *
     * @throws UnknownRecipient if nobody of that name can be written to
     */
    @Transactional
    public Message accept(NewMessage wanted) {
        if (!recipients.exists(wanted.recipient())) {
            throw new UnknownRecipient(wanted.recipient());
        }
        Instant now = clock.instant();
        Message message = rows.save(new Message(wanted, freshId(now), properties.maxAttempts(), now));
        events.publishEvent(new MessageAccepted(message.id()));
        return message;
    }

    public Optional<Message> find(String id) {
        return rows.findById(id);
    }

    /** @param before where the page starts, as the page before said; null for the newest */
    public MessagePage list(MessageFilter filter, @Nullable Long before, int limit) {
        List<Message> found = rows.newest(
                filter.state(),
                filter.recipient(),
                filter.sender(),
                before == null ? Long.MAX_VALUE : before,
                Limit.of(limit + 1));
        boolean more = found.size() > limit;
        List<Message> page = more ? found.subList(0, limit) : found;
        return new MessagePage(List.copyOf(page), more ? page.get(limit - 1).seq() : null);
    }

    /**
     * Takes the next due message in hand: in the order of service, except those that an earlier one for the same recipient
     * and priority holds up, and those whose recipient takes none at present.
     *
     * @return empty if none is due, or another took it in the same moment
     */
    @Transactional
    public Optional<Claim> claimNext() {
        return nextDueId().flatMap(id -> rows.lock(id, MessageState.PENDING)).map(message -> {
            message.claim();
            return Claim.of(message);
        });
    }

    /** Whether {@link #claimNext} would find one. */
    public boolean isAnyDue() {
        return nextDueId().isPresent();
    }

    private Optional<String> nextDueId() {
        Instant now = clock.instant();
        List<Waiting> waiting = rows.waiting(now);
        Set<String> disabled = recipients.disabled();
        long rank = Long.MIN_VALUE;
        long seq = 0;
        while (true) {
            List<Due> page = rows.due(now, rank, seq, Limit.of(DUE_PAGE));
            Optional<Due> first = page.stream()
                    .filter(due -> !disabled.contains(due.recipient()))
                    .filter(due -> waiting.stream().noneMatch(earlier -> holdsUp(earlier, due)))
                    .findFirst();
            if (first.isPresent() || page.size() < DUE_PAGE) {
                return first.map(Due::id);
            }
            rank = page.get(DUE_PAGE - 1).claimRank();
            seq = page.get(DUE_PAGE - 1).seq();
        }
    }

    private static boolean holdsUp(Waiting earlier, Due later) {
        return earlier.seq() < later.seq()
                && earlier.priority() == later.priority()
                && earlier.recipient().equals(later.recipient());
    }

    @Transactional
    public boolean delivered(Claim claim, Channel channel, Evidence evidence) {
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

    /** Messages whose attempt was cut off: claimed, and nobody works on them any more. */
    public List<Claim> inProcess() {
        return rows.findByState(MessageState.PROCESSING).stream().map(Claim::of).toList();
    }

    /** Ends those whose time is up. @return how many; there may be more */
    @Transactional
    public int expire() {
        Instant now = clock.instant();
        List<Message> expired = rows.lockExpired(now, Limit.of(EXPIRY_BATCH));
        expired.forEach(message -> message.expire(now));
        return expired.size();
    }

    /** When a message becomes due that is not due yet. */
    public Optional<Instant> nextDue() {
        return Optional.ofNullable(rows.nextDueAfter(clock.instant()));
    }

    /** How many messages stand where, all at one moment. */
    public record Figures(
            long pending,
            long processing,
            long failed,
            long unconfirmed,
            @Nullable Instant oldestPendingAt) {}

    public Figures figures() {
        Map<MessageState, Count> counts =
                rows.counts().stream().collect(Collectors.toMap(Count::state, Function.identity()));
        Count pending = counts.get(MessageState.PENDING);
        return new Figures(
                messagesIn(counts, MessageState.PENDING),
                messagesIn(counts, MessageState.PROCESSING),
                messagesIn(counts, MessageState.FAILED),
                messagesIn(counts, MessageState.UNCONFIRMED),
                pending == null ? null : pending.oldest());
    }

    private static long messagesIn(Map<MessageState, Count> counts, MessageState state) {
        Count count = counts.get(state);
        return count == null ? 0 : count.messages();
    }

    private boolean settle(Claim claim, Consumer<Message> move) {
        Optional<Message> message = rows.lockClaimed(claim.messageId(), claim.number());
        message.ifPresent(move);
        return message.isPresent();
    }

    private String freshId(Instant now) {
        String id = MessageId.at(now);
        while (rows.existsById(id)) {
            id = MessageId.at(now);
        }
        return id;
    }
}
