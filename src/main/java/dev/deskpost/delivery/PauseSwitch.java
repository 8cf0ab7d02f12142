package dev.deskpost.delivery;

import dev.deskpost.station.Mode;
import dev.deskpost.station.StationMode;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Stops the station and lets it go on. A running attempt ends, no other starts; messages are accepted and wait. Or drains
 * it: what is queued is delivered, and no more accepted. Over restarts.
 */
@Component
public class PauseSwitch {

    private static final Logger log = LoggerFactory.getLogger(PauseSwitch.class);

    private final StationMode station;

    PauseSwitch(StationMode station) {
        this.station = station;
    }

    /** @param why for people; of a station that is paused already the first reason stays */
    public synchronized void pause(String why) {
        if (!isPaused()) {
            log.warn("Paused: {}. Messages wait until POST /api/v1/queue/resume.", why);
            station.pause(why);
        }
    }

    /** Ends a pause, too: what is queued is to be delivered. */
    public synchronized void drain() {
        if (!station.isDraining()) {
            log.warn("Draining: new messages are refused until POST /api/v1/queue/resume");
            station.drain("it drains: what is queued is delivered, new messages are refused until it is resumed");
        }
    }

    public synchronized void resume() {
        if (station.mode() != Mode.RUNNING) {
            log.info("Resumed: messages are accepted and delivered again");
            station.run();
        }
    }

    public boolean isPaused() {
        return station.mode() == Mode.PAUSED;
    }

    /** Why it is paused, or that it drains; empty if neither. */
    public Optional<String> reason() {
        return station.reason();
    }
}
