package dev.deskpost.message;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Calls that have an effect once, however often they are made: the first is answered, and the same ones get its answer
 * again. The key stands in the transaction of the effect, so there is never the one without the other; a call that is
 * refused leaves nothing behind.
 *
 * <ol>
 *   <li>Calls of one key come one after the other.
 *   <li>A kept answer is given, if the call is the same.
 *   <li>Else the key is written down; who is second among stations has to wait for the first here, and begins anew.
 *   <li>The call is carried out, and its answer is kept with the key.
 * </ol>
 *
 * After {@code deskpost.message.idempotency-keep} a key is free, whether it has been removed by then or not.
 */
@Component
public class Idempotency {

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final MessageProperties properties;
    private final Clock clock;

    private final Set<Key> inHand = new HashSet<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition laidDown = lock.newCondition();

    Idempotency(
            JdbcClient database, PlatformTransactionManager transactions, MessageProperties properties, Clock clock) {
        this.database = database;
        this.transaction = new TransactionTemplate(transactions);
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * A key, which is that caller's own: others may use the same.
     *
     * @param caller the name of who showed the token
     * @param name 1 to 255 visible ASCII characters
     */
    public record Key(String caller, String name) {}

    /**
     * What a caller was told.
     *
     * @param location of what was made, if it has one address
     * @param body JSON
     */
    public record Answer(int status, @Nullable String location, String body) {}

    /** What is kept of a call. */
    private record Kept(String requestHash, Answer answer) {}

    /** Another station was quicker. */
    private static final class TakenMeanwhile extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TakenMeanwhile(Throwable cause) {
            super(cause);
        }
    }

    /**
     * @param requestHash equal for equal calls, at most 64 characters
     * @param call carried out in the transaction of the key; what it throws undoes both
     * @throws IdempotencyKeyReused if the key belongs to another call
     */
    public Answer once(Key key, String requestHash, Supplier<Answer> call) {
        takeInHand(key);
        try {
            while (true) {
                try {
                    return transaction.execute(status -> answer(key, requestHash, call));
                } catch (TakenMeanwhile e) {
                    // Its answer is there now, or its key is free again.
                }
            }
        } finally {
            layDown(key);
        }
    }

    private Answer answer(Key key, String requestHash, Supplier<Answer> call) {
        Instant now = clock.instant();
        Instant free = now.minus(properties.idempotencyKeep());
        Optional<Kept> kept = find(key, free);
        if (kept.isPresent()) {
            if (!kept.get().requestHash().equals(requestHash)) {
                throw new IdempotencyKeyReused(key.name());
            }
            return kept.get().answer();
        }
        write(key, requestHash, now, free);
        Answer answer = call.get();
        keep(key, answer);
        return answer;
    }

    private Optional<Kept> find(Key key, Instant free) {
        return database.sql("""
                        select request_hash, status, location, body from idempotency_key
                        where caller = :caller and name = :name and used_at > :free
                        """)
                .param("caller", key.caller())
                .param("name", key.name())
                .param("free", utc(free))
                .query((row, number) ->
                        new Kept(row.getString(1), new Answer(row.getInt(2), row.getString(3), row.getString(4))))
                .optional();
    }

    private void write(Key key, String requestHash, Instant now, Instant free) {
        database.sql("delete from idempotency_key where caller = :caller and name = :name and used_at <= :free")
                .param("caller", key.caller())
                .param("name", key.name())
                .param("free", utc(free))
                .update();
        try {
            database.sql("""
                            insert into idempotency_key (caller, name, request_hash, used_at)
                            values (:caller, :name, :hash, :now)
                            """)
                    .param("caller", key.caller())
                    .param("name", key.name())
                    .param("hash", requestHash)
                    .param("now", utc(now))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new TakenMeanwhile(e);
        }
    }

    private void keep(Key key, Answer answer) {
        database.sql("""
                        update idempotency_key set status = :status, location = :location, body = :body
                        where caller = :caller and name = :name
                        """)
                .param("status", answer.status())
                .param("location", answer.location())
                .param("body", answer.body())
                .param("caller", key.caller())
                .param("name", key.name())
                .update();
    }

    /** Removes keys that are free by now, the oldest first. @return how many; there may be more if it is the limit */
    @Transactional
    public int prune(Instant now, int limit) {
        Optional<Timestamp> last = database.sql("""
                        select max(used_at) from (
                            select used_at from idempotency_key where used_at <= :free
                            order by used_at fetch first :limit rows only) oldest
                        """)
                .param("free", utc(now.minus(properties.idempotencyKeep())))
                .param("limit", limit)
                .query((row, number) -> Optional.ofNullable(row.getTimestamp(1)))
                .single();
        return last.map(until -> database.sql("delete from idempotency_key where used_at <= :until")
                        .param("until", utc(until.toInstant()))
                        .update())
                .orElse(0);
    }

    /** Within the process, because H2 would let the second wait no longer than its lock timeout. */
    private void takeInHand(Key key) {
        lock.lock();
        try {
            while (!inHand.add(key)) {
                laidDown.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void layDown(Key key) {
        lock.lock();
        try {
            inHand.remove(key);
            laidDown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
