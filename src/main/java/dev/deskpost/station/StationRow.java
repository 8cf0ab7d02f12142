package dev.deskpost.station;

import dev.deskpost.database.DatabaseKind;
import dev.deskpost.database.WakeUpCalls;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** This station's row. Times are told and compared by the database alone. */
@Component
class StationRow {

    private static final String MAKE = """
            insert into station (id, epoch, expires_at, mode)
            values (:id, 0, current_timestamp, 'RUNNING')
            """;

    private static final String TAKE = """
            update station set
              epoch = case when holder = :holder then epoch else epoch + 1 end,
              holder = :holder,
              expires_at = current_timestamp + make_interval(secs => :seconds)
            where id = :id and (holder is null or holder = :holder or expires_at <= current_timestamp)
            """;

    /** H2 has seen to it already: who has the file open is the only one, and the holder named there is dead. */
    private static final String TAKE_ALONE = """
            update station set
              epoch = case when holder = :holder then epoch else epoch + 1 end,
              holder = :holder
            where id = :id
            """;

    private static final String LET_GO =
            "update station set expires_at = current_timestamp, holder = null where id = :id and holder = :holder";

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Optional<WakeUpCalls> others;
    private final String id;
    private final boolean shared;

    StationRow(
            JdbcClient database,
            PlatformTransactionManager transactions,
            Optional<WakeUpCalls> others,
            JdbcConnectionDetails connection,
            StationProperties properties) {
        this.database = database;
        this.others = others;
        this.transaction = new TransactionTemplate(transactions);
        this.id = properties.station();
        this.shared = DatabaseKind.of(connection) == DatabaseKind.POSTGRESQL;
        make();
    }

    /** Whether other processes can reach it. */
    boolean isShared() {
        return shared;
    }

    private void make() {
        if (mode().isEmpty()) {
            try {
                database.sql(MAKE).param("id", id).update();
            } catch (DuplicateKeyException madeMeanwhile) {
                // Another process of this station starts in the same moment: it is there, which was wanted
                return;
            }
        }
    }

    private Optional<Said> mode() {
        return database.sql("select mode, mode_reason from station where id = :id")
                .param("id", id)
                .query((row, number) -> new Said(Mode.valueOf(row.getString(1)), row.getString(2)))
                .optional();
    }

    /** One guarded statement: of two that race for it, one changes the row. @return whether the holder has it now */
    boolean take(String holder, Duration lease) {
        JdbcClient.StatementSpec take =
                database.sql(shared ? TAKE : TAKE_ALONE).param("id", id).param("holder", holder);
        if (shared) {
            take = take.param("seconds", lease.toMillis() / 1000.0);
        }
        return take.update() == 1;
    }

    /** Does nothing if another holds it. */
    void letGo(String holder) {
        if (database.sql(LET_GO).param("id", id).param("holder", holder).update() > 0) {
            others.ifPresent(WakeUpCalls::call);
        }
    }

    long epoch() {
        return database.sql("select epoch from station where id = :id")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    /** A mode, and why. */
    record Said(Mode mode, @Nullable String reason) {}

    Said said() {
        return mode().orElseThrow(() -> new IllegalStateException("The row of station '" + id + "' is gone"));
    }

    /** Durable when this returns. */
    void say(Said said) {
        transaction.executeWithoutResult(status -> {
            database.sql("update station set mode = :mode, mode_reason = :reason where id = :id")
                    .param("id", id)
                    .param("mode", said.mode().name())
                    .param("reason", said.reason())
                    .update();
            others.ifPresent(WakeUpCalls::call);
        });
    }
}
