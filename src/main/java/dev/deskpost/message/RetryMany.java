package dev.deskpost.message;

import dev.deskpost.database.DatabaseKind;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.stereotype.Component;

/**
 * Has many messages tried again, the oldest first, each in a transaction of its own: an executor that wants to work never
 * waits for more than one of them. Reads no more of the table than it needs; nothing is counted.
 */
@Component
public class RetryMany {

    private static final int READ_AT_ONCE = 500;

    private final EntityManager entities;
    private final Messages messages;
    private final Clock clock;
    private final boolean postgres;

    RetryMany(EntityManager entities, Messages messages, Clock clock, JdbcConnectionDetails connection) {
        this.postgres = DatabaseKind.of(connection) == DatabaseKind.POSTGRESQL;
        this.entities = entities;
        this.messages = messages;
        this.clock = clock;
    }

    /**
     * Which messages; null means any. Those whose time is up are never meant: they cannot be tried again.
     *
     * @param state FAILED or UNCONFIRMED
     * @param acceptedAfter accepted then or later
     * @param acceptedBefore accepted earlier than that
     */
    public record Filter(
            MessageState state,
            @Nullable String recipient,
            @Nullable String sender,
            @Nullable String failureCode,
            @Nullable Instant acceptedAfter,
            @Nullable Instant acceptedBefore) {}

    /**
     * What was done.
     *
     * @param matched how many were found, up to the limit
     * @param retried how many of them wait for another try now; the others have moved by themselves in between
     * @param more whether there are others that match, beyond the limit
     */
    public record Result(int matched, int retried, boolean more) {}

    /** @param dryRun only look */
    public Result run(Filter filter, int limit, boolean dryRun) {
        int matched = 0;
        int retried = 0;
        long behind = 0;
        while (true) {
            List<Place> found = next(filter, behind, Math.min(READ_AT_ONCE, limit - matched + 1));
            for (Place place : found) {
                if (matched == limit) {
                    return new Result(matched, retried, true);
                }
                matched++;
                retried += !dryRun && retry(place.id()) ? 1 : 0;
                behind = place.seq();
            }
            if (found.isEmpty()) {
                return new Result(matched, retried, false);
            }
        }
    }

    private boolean retry(String id) {
        try {
            messages.retry(id);
            return true;
        } catch (WrongState | UnknownMessage movedMeanwhile) {
            return false;
        }
    }

    private record Place(long seq, String id) {}

    /** Only the conditions that are wanted: one for all cases could use no index. */
    private List<Place> next(Filter filter, long behind, int limit) {
        CriteriaBuilder criteria = entities.getCriteriaBuilder();
        CriteriaQuery<Tuple> query = criteria.createTupleQuery();
        Root<Message> message = query.from(Message.class);
        List<Predicate> all = new ArrayList<>();
        equal(criteria, message, "recipient", filter.recipient()).ifPresent(all::add);
        equal(criteria, message, "sender", filter.sender()).ifPresent(all::add);
        equal(criteria, message, "failureCode", filter.failureCode()).ifPresent(all::add);
        // A range, for the same reason as in MessageLists
        all.add(
                postgres
                        ? criteria.between(message.get("state"), filter.state(), filter.state())
                        : criteria.equal(message.get("state"), filter.state()));
        all.add(criteria.greaterThan(message.get("seq"), behind));
        if (filter.acceptedAfter() != null) {
            all.add(criteria.greaterThanOrEqualTo(message.get("acceptedAt"), filter.acceptedAfter()));
        }
        if (filter.acceptedBefore() != null) {
            all.add(criteria.lessThan(message.get("acceptedAt"), filter.acceptedBefore()));
        }
        all.add(criteria.or(
                criteria.isNull(message.get("expiresAt")),
                criteria.greaterThan(message.get("expiresAt"), clock.instant())));
        query.select(criteria.tuple(message.get("seq"), message.get("id")))
                .where(all.toArray(Predicate[]::new))
                .orderBy(inIndex(filter).stream()
                        .map(column -> criteria.asc(message.get(column)))
                        .toList());
        return entities.createQuery(query).setMaxResults(limit).getResultList().stream()
                .map(row -> new Place(row.get(0, Long.class), row.get(1, String.class)))
                .toList();
    }

    /** The columns of the index that serves the filter. Ordered by all of them, it is read in its order and nothing is sorted. */
    private static List<String> inIndex(Filter filter) {
        if (filter.recipient() != null) {
            return List.of("recipient", "state", "seq");
        }
        return filter.sender() != null ? List.of("sender", "state", "seq") : List.of("state", "seq");
    }

    private static Optional<Predicate> equal(
            CriteriaBuilder criteria, Root<Message> message, String field, @Nullable String value) {
        return Optional.ofNullable(value).map(given -> criteria.equal(message.get(field), given));
    }
}
