package dev.deskpost.receipt;

import dev.deskpost.message.Evidence;
import dev.deskpost.message.Message;
import dev.deskpost.message.Messages;
import dev.deskpost.message.Verdict;
import dev.deskpost.recipient.Recipients;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes activities and receipts of what hooks report. */
@Component
public class HearHooks {

    private static final Logger log = LoggerFactory.getLogger(HearHooks.class);

    private final Recipients recipients;
    private final Messages messages;
    private final HookFormats formats;
    private final PromptComparison comparison;
    private final Activities activities;
    private final Receipts receipts;
    private final Complaints complaints;
    private final LostHooks lost;

    HearHooks(
            Recipients recipients,
            Messages messages,
            HookFormats formats,
            PromptComparison comparison,
            Activities activities,
            Receipts receipts,
            Complaints complaints,
            LostHooks lost) {
        this.recipients = recipients;
        this.messages = messages;
        this.formats = formats;
        this.comparison = comparison;
        this.activities = activities;
        this.receipts = receipts;
        this.complaints = complaints;
        this.lost = lost;
    }

    /**
     * Works on the body of one call. The activity comes first: whoever hears of a receipt finds the recipient busy with it. If
     * that fails the receipt is kept all the same. May be called again with the same after it has failed.
     *
     * @param recipient whose hook it says it is
     * @param body of any shape
     * @param at when it came
     */
    public void hear(String recipient, byte[] body, Instant at) {
        if (!recipients.exists(recipient)) {
            complaints.unknownRecipient();
            return;
        }
        HookFormats.Heard heard = formats.read(body);
        log.debug("A hook of {} reports by {}: {}", recipient, heard.source().label(), kinds(heard.events()));
        RuntimeException failure = noteActivity(recipient, heard, at);
        keepReceipts(recipient, heard, at);
        if (failure != null) {
            throw failure;
        }
    }

    /** A question is written down at once: the agent does not say it again. */
    private @Nullable RuntimeException noteActivity(String recipient, HookFormats.Heard heard, Instant at) {
        try {
            if (heard.events().stream().anyMatch(HookEvent.Blocked.class::isInstance)) {
                activities.heardForGood(recipient, heard.session(), heard.events(), at);
            } else {
                activities.heard(recipient, heard.session(), heard.events(), at);
            }
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    private void keepReceipts(String recipient, HookFormats.Heard heard, Instant at) {
        for (HookEvent event : heard.events()) {
            if (event instanceof HookEvent.Prompt prompt) {
                comparison
                        .compare(recipient, prompt.text(), at)
                        .forEach(found -> keep(found.messageId(), recipient, heard.source(), found.verdict(), at));
            } else if (event instanceof HookEvent.Received received) {
                Optional<Message> own = messages.find(received.messageId())
                        .filter(message -> message.recipient().equals(recipient));
                own.ifPresent(message -> keep(message.id(), recipient, heard.source(), Verdict.WHOLE, at));
            } else if (event instanceof HookEvent.Malformed malformed) {
                lost.note();
                complaints.make(recipient, malformed.fault());
            }
        }
    }

    /** The call ended before its body did. */
    public void brokenOff() {
        lost.note();
    }

    /** The call was longer than is read. */
    public void tooLong(String recipient) {
        lost.note();
        if (recipients.exists(recipient)) {
            complaints.make(recipient, "is longer than is read");
        } else {
            complaints.unknownRecipient();
        }
    }

    private void keep(String messageId, String reporter, Source source, Verdict verdict, Instant at) {
        receipts.record(new Receipt(messageId, reporter, source, Evidence.RECEIPT, verdict, at));
    }

    private static List<String> kinds(List<HookEvent> events) {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }
}
