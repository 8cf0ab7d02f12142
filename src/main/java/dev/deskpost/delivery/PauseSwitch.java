package dev.deskpost.delivery;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Stops the station and lets it go on. A running attempt ends, no other starts; messages are accepted and wait. */
@Component
public class PauseSwitch {

    private static final Logger log = LoggerFactory.getLogger(PauseSwitch.class);

    /** The station goes on. */
    record Resumed() {}

    private final ApplicationEventPublisher events;
    private volatile @Nullable String reason;

    PauseSwitch(ApplicationEventPublisher events) {
        this.events = events;
    }

    /** @param why for people; of a station that is paused already the first reason stays */
    public synchronized void pause(String why) {
        if (reason == null) {
            reason = why;
            log.warn("Paused: {}. Messages wait until POST /api/v1/queue/resume.", why);
        }
    }

    public synchronized void resume() {
        if (reason != null) {
            reason = null;
            log.info("Resumed: messages are delivered again");
            events.publishEvent(new Resumed());
        }
    }

    public boolean isPaused() {
        return reason != null;
    }

    /** Why it is paused; empty if it is not. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }
}
