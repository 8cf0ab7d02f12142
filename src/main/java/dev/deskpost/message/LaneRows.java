package dev.deskpost.message;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The table of lanes: three for each recipient. */
interface LaneRows extends Repository<Lane, Lane.Key> {

    Lane save(Lane lane);

    boolean existsById(Lane.Key key);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select l from Lane l where l.priority = :priority and l.recipient = :recipient")
    Optional<Lane> lock(Priority priority, String recipient);

    /** In the order of the names' bytes, which is Java's, too: that of a database's collation may be another one. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("""
            select l from Lane l
            where l.priority = :priority and l.recipient in :recipients
            order by cast(l.recipient as binary)
            """)
    List<Lane> lockAll(Priority priority, Collection<String> recipients);

    /** @param oldest when the longest waiting message was accepted; deferred ones do not count */
    record Sums(
            long pending,
            long failed,
            long unconfirmed,
            @Nullable Instant oldest) {}

    @Query("""
            select new dev.deskpost.message.LaneRows$Sums(
                coalesce(sum(l.pending), 0), coalesce(sum(l.failed), 0), coalesce(sum(l.unconfirmed), 0),
                min(case when l.taken = false then l.headSince end))
            from Lane l
            """)
    Sums sums();

    /** Lanes whose first message is being delivered: at most one for each station, and those whose proof is awaited. */
    @Query("select l from Lane l where l.taken = true")
    List<Lane> taken();
}
