package dev.deskpost.delivery;

import dev.deskpost.delivery.AdaptiveTimeouts.Wait;
import dev.deskpost.desktop.Calibration;
import dev.deskpost.desktop.Calibration.Measured;
import dev.deskpost.desktop.Calibration.NotMeasured;
import dev.deskpost.desktop.DesktopProperties;
import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.Presence;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells the waits how quick a desktop is before the first message meets them. */
@Component
class MeasureDesktop {

    private static final Logger log = LoggerFactory.getLogger(MeasureDesktop.class);

    private final DesktopProperties properties;
    private final DeliveryProperties delivery;
    private final AdaptiveTimeouts timeouts;

    MeasureDesktop(DesktopProperties properties, DeliveryProperties delivery, AdaptiveTimeouts timeouts) {
        this.delivery = delivery;
        this.properties = properties;
        this.timeouts = timeouts;
    }

    /** To be called once when a desktop was opened. Never throws: to have measured nothing is no harm. */
    void run(DesktopSession session) {
        if (!properties.calibrate()) {
            return;
        }
        Calibration calibration;
        try {
            Presence.Use use = session.presence().awaitFree(delivery.quietPeriod(), Duration.ZERO);
            // The keys of a person who types would go to the window of our own.
            calibration = use == Presence.Use.FREE
                    ? session.calibrate(properties.calibrationLimit())
                    : new NotMeasured(use.words());
        } catch (RuntimeException e) {
            calibration = new NotMeasured(e.toString());
        }
        if (calibration instanceof Measured measured) {
            timeouts.met(Wait.ACTIVATE, measured.activate());
            timeouts.met(Wait.FOCUS, measured.focus());
            timeouts.met(Wait.FETCH, measured.fetch());
            log.info(
                    "Measured on a window of our own: activate {}, focus {}, fetch {}",
                    millis(measured.activate()),
                    millis(measured.focus()),
                    millis(measured.fetch()));
        } else if (calibration instanceof NotMeasured not) {
            log.info(
                    "This desktop could not be measured on a window of our own: {}. It is learned from deliveries.",
                    not.reason());
        }
    }

    private static String millis(Duration time) {
        return Math.round(time.toNanos() / 1e6) + " ms";
    }
}
