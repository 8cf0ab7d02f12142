package dev.deskpost.station;

import dev.deskpost.fixtures.Postgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.flywaydb.core.Flyway;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Several processes that want to be one station, as far as the database can tell: on one PostgreSQL, each with a clock. */
final class Processes implements AutoCloseable {

    private final DriverManagerDataSource source;
    private final Duration lease;
    private final List<StationLease> leases = new ArrayList<>();

    Processes(Duration lease) {
        this(lease, onPostgres());
    }

    /** One alone, on an H2 in memory. */
    static Processes oneOnH2(Duration lease) {
        return new Processes(
                lease,
                new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", ""));
    }

    private static DriverManagerDataSource onPostgres() {
        Postgres.Database database = Postgres.emptyDatabase();
        return new DriverManagerDataSource(database.url(), database.user(), database.password());
    }

    private Processes(Duration lease, DriverManagerDataSource source) {
        this.source = source;
        Flyway.configure().dataSource(source).load().migrate();
        this.lease = lease;
    }

    JdbcClient database() {
        return JdbcClient.create(source);
    }

    /** @param millis its clock */
    StationLease start(AtomicLong millis) {
        StationLease started =
                new StationLease(row(), new StationMode(row(), event -> {}), event -> {}, said(), millis::get);
        leases.add(started);
        return started;
    }

    StationLease start() {
        StationLease started = new StationLease(row(), new StationMode(row(), event -> {}), event -> {}, said());
        leases.add(started);
        return started;
    }

    /** @param mode its own */
    StationLease start(StationMode mode) {
        StationLease started = new StationLease(row(), mode, event -> {}, said());
        leases.add(started);
        return started;
    }

    StationMode mode() {
        return new StationMode(row(), event -> {});
    }

    private StationProperties said() {
        return new StationProperties("main", lease);
    }

    private StationRow row() {
        JdbcConnectionDetails address = new JdbcConnectionDetails() {
            @Override
            public String getUsername() {
                return String.valueOf(source.getUsername());
            }

            @Override
            public String getPassword() {
                return String.valueOf(source.getPassword());
            }

            @Override
            public String getJdbcUrl() {
                return String.valueOf(source.getUrl());
            }
        };
        return new StationRow(
                JdbcClient.create(source), new JdbcTransactionManager(source), Optional.empty(), address, said());
    }

    @Override
    public void close() {
        leases.forEach(StationLease::end);
    }
}
