package dev.deskpost.database;

import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Makes H2's commits durable before anybody hears of them, several at a time.
 *
 * <p>H2 writes a commit to the disk some time later, and what was acknowledged in between is lost with the process. Its
 * switch against that ({@code WRITE_DELAY=0}) also ends the upkeep of the file, which then grows by some 140 KB a message.
 * So the delay stays, and a checkpoint follows each commit: one thread runs it for all whose commit came before it
 * started. Who said {@link DurableLater} does not wait.
 */
class DurableCommits extends JpaTransactionManager {

    private static final long serialVersionUID = 1L;

    private final transient DataSource database;
    private final transient ReentrantLock lock = new ReentrantLock();
    private final transient Condition done = lock.newCondition();
    private long committed;
    private long durable;
    private boolean running;

    DurableCommits(EntityManagerFactory entities, DataSource database) {
        super(entities);
        this.database = database;
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        super.doBegin(transaction, definition);
        if (definition instanceof TransactionAttribute attribute
                && attribute.getLabels().contains(DurableLater.LABEL)) {
            TransactionSynchronizationManager.bindResource(this, DurableLater.LABEL);
        }
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        super.doCommit(status);
        if (!status.isReadOnly() && !TransactionSynchronizationManager.hasResource(this)) {
            awaitDurable();
        }
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        TransactionSynchronizationManager.unbindResourceIfPossible(this);
        super.doCleanupAfterCompletion(transaction);
    }

    private void awaitDurable() {
        lock.lock();
        try {
            long mine = ++committed;
            while (durable < mine) {
                if (running) {
                    done.awaitUninterruptibly();
                } else {
                    checkpointForAll();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Called and left with the lock held; free while the disk works, so that others can queue up for the next one. */
    private void checkpointForAll() {
        long reached = committed;
        running = true;
        lock.unlock();
        boolean worked = false;
        try {
            checkpoint();
            worked = true;
        } finally {
            lock.lock();
            running = false;
            if (worked) {
                durable = Math.max(durable, reached);
            }
            done.signalAll();
        }
    }

    private void checkpoint() {
        // The connection of the transaction itself: to ask the pool for another one here would be a deadlock under
        // load.
        Connection connection = DataSourceUtils.getConnection(database);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        } catch (SQLException e) {
            throw new TransactionSystemException("The commit was made, but it is not known to be durable", e);
        } finally {
            DataSourceUtils.releaseConnection(connection, database);
        }
    }
}
