package dev.deskpost.message;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/**
 * The table of messages. Rows that are about to move are locked together with the check of the state they are in, after
 * their lane.
 *
 * <p>Where a column is null for most of the table, its condition has a lower bound as well: some databases keep nulls in
 * the index, before everything else, and would walk over them. And the order names the index's columns from the first.
 */
interface MessageRows extends Repository<Message, Long>, JpaSpecificationExecutor<Message> {

    Message save(Message message);

    Optional<Message> findById(String id);

    List<Message> findByIdIn(Collection<String> ids);

    /** Those of the ids that are taken. */
    @Query("select m.id from Message m where m.id in :ids")
    List<String> idsAmong(Collection<String> ids);

    /** Which message it is, and in which lane. */
    record Found(String id, Priority priority, String recipient) {

        Lane.Key lane() {
            return new Lane.Key(priority, recipient);
        }
    }

    @Query("""
            select new dev.deskpost.message.MessageRows$Found(m.id, m.priority, m.recipient)
            from Message m where m.id = :id
            """)
    Optional<Found> found(String id);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select m from Message m where m.id = :id")
    Optional<Message> lock(String id);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select m from Message m where m.seq = :seq")
    Optional<Message> lock(long seq);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select m from Message m where m.id = :id and m.state = PROCESSING and m.claims = :claim")
    Optional<Message> lockClaimed(String id, int claim);

    /** The first messages of a lane, behind a place. */
    @Query("""
            select new dev.deskpost.message.Lane$Place(
                m.seq, m.claimRank,
                case when m.nextTrigger = RETRY then m.acceptedAt else coalesce(m.nextAttemptAt, m.acceptedAt) end,
                m.nextAttemptAt, m.expiresAt)
            from Message m
            where m.recipient = :recipient and m.priority = :priority and m.laneSeq > :behind
            order by m.recipient, m.priority, m.laneSeq
            """)
    List<Lane.Place> inLane(String recipient, Priority priority, long behind, Limit limit);

    /** Those whose {@code deliverAfter} has come. */
    @Query("""
            select new dev.deskpost.message.MessageRows$Found(m.id, m.priority, m.recipient)
            from Message m
            where m.deferredUntil > :epoch and m.deferredUntil <= :now
            order by m.deferredUntil
            """)
    List<Found> noLongerDeferred(Instant epoch, Instant now, Limit limit);

    @Query("select m.deferredUntil from Message m where m.deferredUntil > :epoch order by m.deferredUntil")
    List<Instant> deferredUntil(Instant epoch, Limit limit);

    @Query("""
            select new dev.deskpost.message.MessageRows$Found(m.id, m.priority, m.recipient)
            from Message m
            where m.state = PENDING and m.expiresAt > :epoch and m.expiresAt <= :now
            order by m.state, m.expiresAt
            """)
    List<Found> expired(Instant epoch, Instant now, Limit limit);

    /**
     * Those that this station took; and those of a station that no process is any more, if their recipients belong to this
     * one now: nobody else would ever settle them.
     */
    @Query(nativeQuery = true, value = """
            select m.* from message m left join recipient r on r.id = m.recipient
            where m.state = 'PROCESSING' and (:alone = true or m.claimed_by = :station
              or ((r.id is null or r.station = :station) and not exists (
                select 1 from station s
                where s.id = m.claimed_by and s.holder is not null and s.expires_at > current_timestamp)))
            """)
    List<Message> inProcess(String station, boolean alone);

    @Query("""
            select m from Message m
            where m.recipient = :recipient and m.state = PROCESSING
            order by m.recipient desc, m.state desc, m.seq desc
            """)
    List<Message> inProcessFor(String recipient, Limit limit);

    @Query("""
            select m from Message m
            where m.recipient = :recipient and m.state = UNCONFIRMED and m.finishedAt >= :since
            order by m.recipient desc, m.state desc, m.seq desc
            """)
    List<Message> unconfirmedFor(String recipient, Instant since, Limit limit);

    boolean existsByBroadcast(String broadcast);

    /** Without the content, which is the same for all of them, and maybe long. */
    @Query("""
            select new dev.deskpost.message.Broadcast$Part(
                m.id, m.recipient, m.state, m.acceptedAt, m.finishedAt, m.evidence, m.failureCode, m.failureDetail)
            from Message m where m.broadcast = :broadcast order by m.broadcast, m.seq
            """)
    List<Broadcast.Part> ofBroadcast(String broadcast);

    /** Those that were finished before a time, the oldest first. */
    @Query("""
            select new dev.deskpost.message.MessageRows$Found(m.id, m.priority, m.recipient)
            from Message m
            where m.state = :state and m.finishedAt > :epoch and m.finishedAt < :before
            order by m.state, m.finishedAt
            """)
    List<Found> finishedBefore(MessageState state, Instant epoch, Instant before, Limit limit);

    /** When those were finished that were so at a time or later, the oldest first. */
    @Query("""
            select m.finishedAt from Message m
            where m.state = :state and m.finishedAt >= :from
            order by m.state, m.finishedAt
            """)
    List<Instant> finishedSince(MessageState state, Instant from, Limit limit);

    @Query("""
            select new dev.deskpost.message.MessageRows$Found(m.id, m.priority, m.recipient)
            from Message m
            where m.id in :ids and m.state = :state
            """)
    List<Found> stillIn(MessageState state, Collection<String> ids);

    @Modifying(flushAutomatically = true)
    @Query("delete from Message m where m.id in :ids")
    void delete(Collection<String> ids);

    /** The first messages of their lanes that could be tried, but are held back. */
    @Query("""
            select new dev.deskpost.message.MessageRows$Found(m.id, m.priority, m.recipient)
            from Lane l join Message m on m.seq = l.head
            where l.taken = false and l.dueAt > :now and m.nextAttemptAt <= :now
            """)
    List<Found> heldHeads(Instant now, Limit limit);

    /** The first messages of their lanes that are to be tried at a later time. */
    @Query("""
            select new dev.deskpost.message.MessageRows$Found(m.id, m.priority, m.recipient)
            from Lane l join Message m on m.seq = l.head
            where l.taken = false and l.dueAt > :now and m.nextAttemptAt > :now
            """)
    List<Found> waitingHeads(Instant now, Limit limit);
}
