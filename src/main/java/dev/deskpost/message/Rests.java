package dev.deskpost.message;

import dev.deskpost.recipient.Recipient;
import dev.deskpost.recipient.RecipientChanged;
import dev.deskpost.recipient.Recipients;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Nobody rests for longer from now on than their settings say now. A rest is kept as a time of day: one that was told by a
 * wrong clock, or by an interval that was a slip of the pen, would keep a recipient's messages until then. Only ever makes a
 * rest shorter, and none shorter than its interval: settings that are written again as they were change nothing.
 */
@Component
class Rests {

    private final DueLanes lanes;
    private final Recipients recipients;
    private final Clock clock;

    Rests(DueLanes lanes, Recipients recipients, Clock clock) {
        this.lanes = lanes;
        this.recipients = recipients;
        this.clock = clock;
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void shorten(RecipientChanged changed) {
        shorten(changed.id());
    }

    /** To be called in a transaction. */
    void shortenAll(String station) {
        List<String> resting = lanes.resting(station, clock.instant());
        resting.forEach(this::shorten);
    }

    private void shorten(String recipient) {
        Duration interval =
                recipients.find(recipient).map(Recipient::minInterval).orElse(Duration.ZERO);
        lanes.restUntilAtMost(recipient, clock.instant().plus(interval));
    }
}
