package dev.deskpost.station;

import dev.deskpost.database.WakeUpCall;
import dev.deskpost.station.StationRow.Said;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Whether the station runs, pauses or drains; over restarts, and the same in all processes that are this station. To ask
 * costs nothing; what another process has said is heard with its {@link WakeUpCall}.
 */
@Component
public class StationMode {

    private static final Logger log = LoggerFactory.getLogger(StationMode.class);

    private final StationRow row;
    private final ApplicationEventPublisher events;
    private volatile Said said;
    private boolean written = true;

    StationMode(StationRow row, ApplicationEventPublisher events) {
        this.row = row;
        this.events = events;
        this.said = row.said();
        if (said.mode() != Mode.RUNNING) {
            log.warn("The station is {} since an earlier run: {}", said.mode(), said.reason());
        }
    }

    public Mode mode() {
        return said.mode();
    }

    /** Why it does not just run; empty if it does. */
    public Optional<String> reason() {
        return Optional.ofNullable(said.reason());
    }

    /** Whether new messages are to be refused. */
    public boolean isDraining() {
        return said.mode() == Mode.DRAINING;
    }

    /** @param why for people */
    public void pause(String why) {
        say(new Said(Mode.PAUSED, why));
    }

    /** @param why for people */
    public void drain(String why) {
        say(new Said(Mode.DRAINING, why));
    }

    public void run() {
        say(new Said(Mode.RUNNING, null));
    }

    /** Counts at once, also where the database cannot be reached: a person who wants their desktop does not wait for it. */
    private synchronized void say(Said next) {
        said = next;
        written = false;
        events.publishEvent(new StationChanged());
        write();
    }

    private void write() {
        row.say(said);
        written = true;
    }

    /** Looks what another process has said; first writes down what was said here and could not be written. */
    @EventListener(WakeUpCall.class)
    public synchronized void look() {
        try {
            if (!written) {
                write();
            }
            Said now = row.said();
            if (!now.equals(said)) {
                said = now;
                log.info("The station is {} now: another process said so", now.mode());
                events.publishEvent(new StationChanged());
            }
        } catch (DataAccessException | TransactionException e) {
            log.warn("Cannot look whether the station is to pause; {} until then: {}", said.mode(), e.getMessage());
        }
    }
}
