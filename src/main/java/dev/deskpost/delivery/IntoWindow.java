package dev.deskpost.delivery;

import dev.deskpost.delivery.DeliveryOutcome.Delivered;
import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.delivery.DeliveryOutcome.Submitted;
import dev.deskpost.delivery.DeliveryOutcome.Unconfirmed;
import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.recipient.Recipient;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Delivers a message into its recipient's window ({@link WindowDelivery}), on the desktop that is held already
 * ({@link DesktopHold}), and remembers from one message to the next what is known of windows. Used by the executor's thread.
 */
@Component
class IntoWindow {

    private static final Logger log = LoggerFactory.getLogger(IntoWindow.class);

    private final DesktopHold desktop;
    private final DeliveryProperties properties;
    private final WindowsSeen windowsSeen;
    private final AdaptiveTimeouts timeouts;
    private final LeftTexts leftTexts;
    private final ClipboardFigures figures;
    private final Doubts doubts;
    private final EmptyBoxes emptyBoxes = new EmptyBoxes();

    IntoWindow(
            DesktopHold desktop,
            DeliveryProperties properties,
            WindowsSeen windowsSeen,
            AdaptiveTimeouts timeouts,
            LeftTexts leftTexts,
            ClipboardFigures figures) {
        this.desktop = desktop;
        this.properties = properties;
        this.windowsSeen = windowsSeen;
        this.timeouts = timeouts;
        this.leftTexts = leftTexts;
        this.figures = figures;
        this.doubts = new Doubts(properties.doubtAfterTheft(), properties.doubtAfterSilence());
    }

    DeliveryOutcome deliver(AttemptLog attempt, Recipient recipient, AttemptSteps steps) {
        try {
            Optional<DesktopSession> session = desktop.session();
            if (session.isEmpty()) {
                return new NotSent(FailureCode.DESKTOP_BUSY, "another holder kept the desktop for too long");
            }
            steps.note(Step.LOCKED);
            return deliver(attempt, recipient, steps, session.get());
        } catch (DesktopUnavailable e) {
            return new NotSent(FailureCode.DESKTOP_UNAVAILABLE, e.reason());
        }
    }

    private DeliveryOutcome deliver(
            AttemptLog attempt, Recipient recipient, AttemptSteps steps, DesktopSession session) {
        Optional<WindowSeen> seen = recipient.input().flatMap(point -> windowsSeen.of(recipient.id()));
        WindowDelivery delivery = new WindowDelivery(
                attempt.claim(),
                recipient,
                session,
                properties,
                timeouts,
                doubts,
                figures,
                emptyBoxes,
                steps,
                leftTexts.isLeftFor(recipient.id()),
                seen);
        try {
            DeliveryOutcome outcome = delivery.deliver();
            boolean submitted = outcome instanceof Delivered || outcome instanceof Submitted;
            if (submitted && !delivery.where().equals(seen)) {
                delivery.where().ifPresent(where -> remember(recipient, where));
            }
            return outcome;
        } catch (DesktopUnavailable e) {
            return brokenOff(delivery, FailureCode.DESKTOP_UNAVAILABLE, e.reason());
        } catch (RuntimeException e) {
            log.error(
                    "The attempt on {} failed inside Deskpost; the message is kept and the next one follows",
                    attempt.claim().messageId(),
                    e);
            return brokenOff(delivery, FailureCode.INTERNAL_ERROR, "Deskpost failed: " + e);
        } finally {
            leftTexts.note(attempt.claim(), delivery.leavesText(), attempt.hasPasted());
        }
    }

    /** Never fails: what became of the message does not depend on it. */
    private void remember(Recipient recipient, WindowSeen where) {
        try {
            windowsSeen.remember(recipient.id(), where);
        } catch (RuntimeException e) {
            log.warn(
                    "Could not write down where the window of {} is; that it moves may go unnoticed until the next"
                            + " delivery",
                    recipient.id(),
                    e);
        }
    }

    private static DeliveryOutcome brokenOff(WindowDelivery delivery, FailureCode code, String reason) {
        return delivery.mayBeSubmitted()
                ? new Unconfirmed("broken off while the submit keys were pressed: " + reason, null)
                : new NotSent(code, reason);
    }
}
