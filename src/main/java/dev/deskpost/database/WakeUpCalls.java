package dev.deskpost.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Wakes the processes that share a PostgreSQL, with its LISTEN and NOTIFY: what one calls in a transaction, the others hear
 * as {@link WakeUpCall} after the commit. Only a hint: a call may be lost with a connection, so everybody looks from time to
 * time all the same.
 *
 * <p>Listens on a connection of its own, which waits for nothing else; whenever it was away, a call is assumed.
 */
public class WakeUpCalls implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(WakeUpCalls.class);

    private static final String CHANNEL = "deskpost";

    /** What others are told and need not act on. */
    private static final String NEWS = "deskpost_news";

    /** How long it listens before it asks whether the connection is alive. */
    private static final Duration QUIET = Duration.ofSeconds(30);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final JdbcClient database;
    private final JdbcConnectionDetails address;
    private final ApplicationEventPublisher events;
    private final String me = UUID.randomUUID().toString();

    private volatile CountDownLatch ended = new CountDownLatch(0);
    private volatile @Nullable Connection connection;

    WakeUpCalls(JdbcClient database, JdbcConnectionDetails address, ApplicationEventPublisher events) {
        this.database = database;
        this.address = address;
        this.events = events;
    }

    /** Wakes the others when the present transaction is committed, once however often it calls; at once if there is none. */
    public void call() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            notify(CHANNEL, me);
        } else if (!TransactionSynchronizationManager.hasResource(this)) {
            Called called = new Called();
            called.resume();
            TransactionSynchronizationManager.registerSynchronization(called);
            notify(CHANNEL, me);
        }
    }

    /** That the present transaction has called: a broadcast does for each of its messages. */
    private final class Called implements TransactionSynchronization {

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(WakeUpCalls.this, this);
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(WakeUpCalls.this);
        }

        @Override
        public void afterCompletion(int status) {
            suspend();
        }
    }

    /**
     * Tells the others something, which they hear as {@link NewsFromOthers}.
     *
     * @param news at most 7,900 bytes (PostgreSQL's limit for a notification is 8,000)
     */
    public void tell(String news) {
        notify(NEWS, me + " " + news);
    }

    private void notify(String channel, String payload) {
        database.sql("select pg_notify(:channel, :payload)")
                .param("channel", channel)
                .param("payload", payload)
                .query((row, number) -> number)
                .list();
    }

    private void listen(CountDownLatch end) {
        Duration pause = FIRST_PAUSE;
        while (end.getCount() > 0) {
            try (Connection opened = connect()) {
                connection = opened;
                try (Statement statement = opened.createStatement()) {
                    statement.execute("listen " + CHANNEL);
                    statement.execute("listen " + NEWS);
                }
                pause = FIRST_PAUSE;
                events.publishEvent(new WakeUpCall());
                events.publishEvent(new NewsFromOthers(null));
                hear(opened, end);
            } catch (SQLException e) {
                if (end.getCount() == 0) {
                    return;
                }
                log.warn(
                        "Hears no other Deskpost now, and looks by itself until then; listens again in {}: {}",
                        pause,
                        e.getMessage());
            } catch (RuntimeException e) {
                log.error("Unhandled error while it listened to the others. It goes on", e);
            }
            pause = awaitOver(pause, end);
        }
    }

    private void hear(Connection opened, CountDownLatch end) throws SQLException {
        PGConnection postgres = opened.unwrap(PGConnection.class);
        while (end.getCount() > 0) {
            PGNotification[] calls = postgres.getNotifications((int) QUIET.toMillis());
            if (calls == null || calls.length == 0) {
                try (Statement statement = opened.createStatement()) {
                    statement.execute("select 1");
                }
            } else {
                hear(Stream.of(calls)
                        .filter(call -> !call.getParameter().startsWith(me))
                        .toList());
            }
        }
    }

    private void hear(List<PGNotification> calls) {
        if (calls.stream().anyMatch(call -> call.getName().equals(CHANNEL))) {
            events.publishEvent(new WakeUpCall());
        }
        calls.stream()
                .filter(call -> call.getName().equals(NEWS))
                .map(PGNotification::getParameter)
                .map(news -> new NewsFromOthers(news.substring(news.indexOf(' ') + 1)))
                .forEach(events::publishEvent);
    }

    private Connection connect() throws SQLException {
        Properties how = new Properties();
        if (address.getUsername() != null) {
            how.setProperty("user", address.getUsername());
        }
        if (address.getPassword() != null) {
            how.setProperty("password", address.getPassword());
        }
        how.setProperty("ApplicationName", "deskpost-listener");
        how.setProperty("tcpKeepAlive", "true");
        how.setProperty("connectTimeout", "10");
        how.setProperty("socketTimeout", "60");
        return DriverManager.getConnection(address.getJdbcUrl(), how);
    }

    /** @return the next pause */
    private static Duration awaitOver(Duration pause, CountDownLatch end) {
        try {
            if (end.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                return pause;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end.countDown();
        }
        Duration longer = pause.multipliedBy(2);
        return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }

    @Override
    public void start() {
        CountDownLatch end = new CountDownLatch(1);
        ended = end;
        Thread thread = new Thread(() -> listen(end), "deskpost-listener");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void stop() {
        ended.countDown();
        Connection open = connection;
        if (open != null) {
            try {
                open.abort(Runnable::run); // Its thread waits for the network, not for us
            } catch (SQLException e) {
                log.debug("The connection was gone already", e);
            }
        }
    }

    @Override
    public boolean isRunning() {
        return ended.getCount() > 0;
    }
}
