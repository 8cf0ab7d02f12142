package dev.deskpost.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Notices that H2 has closed the database by itself, as it does when it can write no longer, and says that this process is
 * broken ({@link LivenessState#BROKEN}): H2 does not open it again for those who hold a connection, and what it left running
 * may spin for ever. What was committed is on the disk.
 *
 * <p>Sits in the connection pool, where every error of every statement comes by, whoever asked. (The pool's interface has a
 * type named {@code Override} of its own; hence the annotation's long name.)
 */
class ClosedByItself implements SQLExceptionOverride, BeanPostProcessor, ApplicationListener<ContextClosedEvent> {

    private static final Logger log = LoggerFactory.getLogger(ClosedByItself.class);

    /** H2's DATABASE_IS_CLOSED. */
    private static final int DATABASE_IS_CLOSED = 90098;

    private final ApplicationEventPublisher events;
    private final AtomicBoolean closed = new AtomicBoolean();

    ClosedByItself(ApplicationEventPublisher events) {
        this.events = events;
    }

    @java.lang.Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool && DatabaseKind.of(pool.getJdbcUrl()) == DatabaseKind.H2) {
            pool.setExceptionOverride(this);
        }
        return bean;
    }

    /** From here on it is we who close it. */
    @java.lang.Override
    public void onApplicationEvent(ContextClosedEvent closing) {
        closed.set(true);
    }

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException e) {
        if (e.getErrorCode() == DATABASE_IS_CLOSED && closed.compareAndSet(false, true)) {
            // First: what fails in the same moment is to be told so, too
            AvailabilityChangeEvent.publish(events, this, LivenessState.BROKEN);
            log.error(
                    "H2 has closed the database by itself: most likely the disk is full, or cannot be written. Nothing that"
                            + " was accepted is lost. This Deskpost is broken and ends, so that whoever supervises it starts"
                            + " it anew; make room on the disk of deskpost.home, or look at it, before",
                    e);
        }
        return SQLExceptionOverride.Override.CONTINUE_EVICT;
    }
}
