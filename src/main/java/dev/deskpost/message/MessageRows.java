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

    /**
     * The next message in the order of service, as far as it is due and its recipient takes messages. One that waits for
     * another try holds up the later ones of its recipient and priority, and nobody else.
     */
    @Query("""
            select m.id from Message m
            where m.state = PENDING and m.nextAttemptAt <= :now
              and not exists (
                select 1 from Message earlier
                where earlier.recipient = m.recipient and earlier.priority = m.priority
                  and earlier.state = PENDING and earlier.claims > 0 and earlier.nextAttemptAt > :now
                  and earlier.seq < m.seq)
              and not exists (select 1 from RecipientRow r where r.id = m.recipient and r.enabled = false)
            order by m.claimRank, m.seq
            """)
    List<String> due(Instant now, Limit limit);

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

    @Query("select min(m.acceptedAt) from Message m where m.state = PENDING")
    @Nullable
    Instant oldestPendingAt();

    @Query("select count(m) from Message m where m.state = :state")
    long count(MessageState state);

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
