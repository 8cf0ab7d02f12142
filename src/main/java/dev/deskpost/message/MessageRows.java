package dev.deskpost.message;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The table of messages. Rows that are about to move are locked together with the check of the state they are in. */
interface MessageRows extends Repository<Message, Long> {

    Message save(Message message);

    boolean existsById(String id);

    Optional<Message> findById(String id);

    /** A message that is due and has not expired, as far as its own row tells. */
    record Due(String id, String recipient, Priority priority, long claimRank, long seq) {}

    /** Due messages in the order of service, those behind the given place. The order is the index's, state included. */
    @Query("""
            select new dev.deskpost.message.MessageRows$Due(m.id, m.recipient, m.priority, m.claimRank, m.seq)
            from Message m
            where m.state = PENDING and m.nextAttemptAt <= :now and (m.expiresAt is null or m.expiresAt > :now)
              and m.claimRank >= :rank and (m.claimRank > :rank or m.seq > :seq)
            order by m.state, m.claimRank, m.seq
            """)
    List<Due> due(Instant now, long rank, long seq, Limit limit);

    /** A message that waits for another try, and so holds up the later ones of its recipient and priority. */
    record Waiting(String recipient, Priority priority, long seq) {}

    @Query("""
            select new dev.deskpost.message.MessageRows$Waiting(m.recipient, m.priority, m.seq)
            from Message m
            where m.state = PENDING and m.claims > 0 and m.nextAttemptAt > :now
              and (m.expiresAt is null or m.expiresAt > :now)
            """)
    List<Waiting> waiting(Instant now);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select m from Message m where m.id = :id and m.state = :state")
    Optional<Message> lock(String id, MessageState state);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select m from Message m where m.id = :id and m.state = PROCESSING and m.claims = :claim")
    Optional<Message> lockClaimed(String id, int claim);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select m from Message m where m.state = PENDING and m.expiresAt <= :now")
    List<Message> lockExpired(Instant now, Limit limit);

    @Query("select min(m.nextAttemptAt) from Message m where m.state = PENDING and m.nextAttemptAt > :now")
    @Nullable
    Instant nextDueAfter(Instant now);

    /** How many messages are in a state, and since when the oldest of them has been here. */
    record Count(MessageState state, long messages, Instant oldest) {}

    /** In one statement: a message that moves between two would be missed by both, or counted twice. */
    @Query("""
            select new dev.deskpost.message.MessageRows$Count(m.state, count(m), min(m.acceptedAt))
            from Message m
            where m.state in (PENDING, PROCESSING, FAILED, UNCONFIRMED)
            group by m.state
            """)
    List<Count> counts();

    List<Message> findByState(MessageState state);

    @Query("""
            select m from Message m
            where (:state is null or m.state = :state)
              and (:recipient is null or m.recipient = :recipient)
              and (:sender is null or m.sender = :sender)
              and m.seq < :before
            order by m.seq desc
            """)
    List<Message> newest(
            @Nullable MessageState state,
            @Nullable String recipient,
            @Nullable String sender,
            long before,
            Limit limit);
}
