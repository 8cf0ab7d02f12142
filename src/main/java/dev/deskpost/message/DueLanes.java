package dev.deskpost.message;

import dev.deskpost.database.DatabaseKind;
import dev.deskpost.message.DeliveryQueue.Reach;
import jakarta.persistence.EntityManager;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which lane is to be served next: the one whose first message has waited longest, head starts included, among those that
 * are due and whose recipient belongs to the station, takes messages and does not rest. In an H2 file there is one station,
 * whatever it was called before.
 *
 * <p>PostgreSQL passes over lanes that another transaction holds ({@code SKIP LOCKED}). H2 would lock every lane that it
 * looks at, so there the lane is only named; who takes it locks that one row and checks again.
 */
@Component
class DueLanes {

    private static final String LANES = """
            from lane l
            left join recipient r on r.id = l.recipient
            left join pacing p on p.recipient = l.recipient
            where l.head_rank > :lowest and l.taken = false
              and (r.id is null or (r.enabled = true and (:alone or r.station = :station)))
              and (:all or r.windowless = :windowless)
            """;

    private static final String DUE = "select l.priority, l.recipient, l.head " + LANES + """
              and l.due_at <= :now and (p.gate_at is null or p.gate_at <= :now)
            order by l.head_rank, l.head
            """;

    private final EntityManager entities;
    private final JdbcClient database;
    private final String taking;
    private final boolean alone;

    DueLanes(EntityManager entities, JdbcClient database, JdbcConnectionDetails connection) {
        this.entities = entities;
        this.database = database;
        boolean postgres = DatabaseKind.of(connection) == DatabaseKind.POSTGRESQL;
        this.alone = !postgres;
        this.taking = DUE + (postgres ? "limit 1 for update of l skip locked" : "fetch first 1 row only");
    }

    /** Whether there can be no other station. */
    boolean isAlone() {
        return alone;
    }

    /** @param head the message to take */
    record Due(Lane.Key lane, long head) {}

    /** To be taken in the same transaction. */
    Optional<Due> next(String station, Reach reach, Instant now) {
        // Asked past Hibernate, which would not write what it has in hand before.
        entities.flush();
        return ask(taking, station, reach, now);
    }

    boolean isAny(String station, Reach reach, Instant now) {
        return ask(DUE + "fetch first 1 row only", station, reach, now).isPresent();
    }

    private Optional<Due> ask(String statement, String station, Reach reach, Instant now) {
        return database.sql(statement)
                .param("lowest", Long.MIN_VALUE)
                .param("alone", alone)
                .param("station", station)
                .param("all", reach == Reach.ALL)
                .param("windowless", reach == Reach.WITHOUT_DESKTOP)
                .param("now", utc(now))
                .query((row, number) ->
                        new Due(new Lane.Key(Priority.valueOf(row.getString(1)), row.getString(2)), row.getLong(3)))
                .optional();
    }

    /** When the next lane becomes due that is not due yet. */
    Optional<Instant> nextDueAfter(String station, Instant now) {
        return database.sql("""
                        select min(case when p.gate_at > l.due_at then p.gate_at else l.due_at end)
                        """ + LANES + " and (l.due_at > :now or p.gate_at > :now)")
                .param("lowest", Long.MIN_VALUE)
                .param("alone", alone)
                .param("station", station)
                .param("all", true)
                .param("windowless", false)
                .param("now", utc(now))
                .query((row, number) -> Optional.ofNullable(row.getTimestamp(1)))
                .single()
                .map(Timestamp::toInstant);
    }

    /** The recipient rests until then. */
    void rest(String recipient, Instant until) {
        int present = database.sql("update pacing set gate_at = :until where recipient = :recipient")
                .param("until", utc(until))
                .param("recipient", recipient)
                .update();
        if (present == 0) {
            database.sql("insert into pacing (recipient, gate_at) values (:recipient, :until)")
                    .param("until", utc(until))
                    .param("recipient", recipient)
                    .update();
        }
    }

    /** It rests no longer than until then; what is over earlier stays so. */
    void restUntilAtMost(String recipient, Instant latest) {
        database.sql("update pacing set gate_at = :latest where recipient = :recipient and gate_at > :latest")
                .param("latest", utc(latest))
                .param("recipient", recipient)
                .update();
    }

    /** Who rests, but for those of other stations: by another machine's clock. */
    List<String> resting(String station, Instant now) {
        return database.sql("""
                        select p.recipient from pacing p
                        left join recipient r on r.id = p.recipient
                        where p.gate_at > :now and (r.id is null or :alone or r.station = :station)
                        order by p.recipient
                        """)
                .param("now", utc(now))
                .param("alone", alone)
                .param("station", station)
                .query(String.class)
                .list();
    }

    void restNoMore() {
        database.sql("delete from pacing").update();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
