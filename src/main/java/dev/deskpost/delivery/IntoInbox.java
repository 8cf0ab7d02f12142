package dev.deskpost.delivery;

import dev.deskpost.delivery.DeliveryOutcome.Delivered;
import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.message.Channel;
import dev.deskpost.message.Claim;
import dev.deskpost.receipt.Inboxes;
import dev.deskpost.recipient.Recipient;
import dev.deskpost.recipient.Recipients;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Delivers a message as a file in its recipient's inbox: where there is no window, or when all tries to type it are used up.
 * Only what was certainly not submitted goes there, so that nobody gets it twice.
 */
@Component
class IntoInbox {

    private static final Logger log = LoggerFactory.getLogger(IntoInbox.class);

    private final Inboxes inboxes;
    private final Recipients recipients;

    IntoInbox(Inboxes inboxes, Recipients recipients) {
        this.inboxes = inboxes;
        this.recipients = recipients;
    }

    DeliveryOutcome deliver(AttemptLog attempt, Recipient recipient) {
        Optional<String> obstacle = inboxes.write(recipient, attempt.claim());
        if (obstacle.isPresent()) {
            return new NotSent(FailureCode.INBOX_NOT_WRITABLE, obstacle.get());
        }
        attempt.note(Step.WRITTEN);
        return new Delivered(Channel.INBOX, null, null);
    }

    /** The outcome as it is, or the inbox in its place where it would be the end of the message otherwise. */
    DeliveryOutcome inPlaceOf(DeliveryOutcome outcome, AttemptLog attempt) {
        Claim claim = attempt.claim();
        if (!(outcome instanceof NotSent notSent)
                || !notSent.isFinal(claim)
                || notSent.code() == FailureCode.INBOX_NOT_WRITABLE) {
            return outcome;
        }
        Optional<Recipient> recipient =
                recipients.find(claim.recipient()).filter(found -> found.inbox().isPresent());
        if (recipient.isEmpty()) {
            return outcome;
        }
        Optional<String> obstacle = inboxes.write(recipient.get(), claim);
        if (obstacle.isPresent()) {
            log.warn("{} could not be put into the inbox instead: {}", claim.messageId(), obstacle.get());
            return outcome;
        }
        attempt.note(Step.WRITTEN);
        return new Delivered(Channel.INBOX, null, notSent);
    }
}
