package dev.deskpost.receipt;

import dev.deskpost.message.Message;
import dev.deskpost.message.MessageChanged;
import dev.deskpost.message.MessageState;
import dev.deskpost.message.Messages;
import dev.deskpost.message.MessagesPruned;
import dev.deskpost.message.Verdict;
import jakarta.persistence.EntityManager;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The receipts of all messages, and what they move. Rows are only added, and go with their message.
 *
 * <p>A receipt that comes while an attempt is running moves nothing: the attempt knows more. It is applied when the attempt
 * has ended without knowing, in the transaction of that end; so it counts whichever of the two is first, and also when the
 * attempt was cut off.
 */
@Component
public class Receipts {

    private static final Logger log = LoggerFactory.getLogger(Receipts.class);

    /** The recipient's own proof that all is well before anything else; then the newest. */
    private static final Comparator<Receipt> WHAT_COUNTS = Comparator.comparing(
                    (Receipt receipt) -> receipt.verdict() == Verdict.WHOLE)
            .thenComparing(Receipt::at)
            .thenComparing(Receipt::evidence);

    private final EntityManager entities;
    private final Messages messages;
    private final Activities activities;
    private final ApplicationEventPublisher events;

    Receipts(EntityManager entities, Messages messages, Activities activities, ApplicationEventPublisher events) {
        this.entities = entities;
        this.messages = messages;
        this.activities = activities;
        this.events = events;
    }

    /**
     * Keeps a receipt and moves its message, if there is such a message and it was ever in hand. One that came before, for
     * the same try, changes nothing.
     *
     * @return whether it was kept
     * @throws IllegalArgumentException if who reports anything but MISROUTED is not the message's recipient, or who reports
     *     that is
     */
    @Transactional
    public boolean record(Receipt receipt) {
        // Nobody else keeps the same meanwhile
        Optional<Message> found = messages.held(receipt.messageId()).filter(message -> message.claims() > 0);
        if (found.isEmpty()) {
            return false;
        }
        Message message = found.get();
        boolean own = message.recipient().equals(receipt.reporter());
        if (own == (receipt.verdict() == Verdict.MISROUTED)) {
            throw new IllegalArgumentException(receipt + " is for a message to " + message.recipient());
        }
        ReceiptRow row = new ReceiptRow(receipt, message.claims());
        if (entities.find(ReceiptRow.class, row.key()) != null) {
            return false;
        }
        MessageState before = message.state();
        boolean moved = apply(receipt);
        entities.persist(row);
        if (receipt.source() != Source.INBOX && receipt.verdict() == Verdict.WHOLE) {
            activities.countReceipt(receipt.reporter(), receipt.at());
        }
        events.publishEvent(new ReceiptRecorded(
                receipt.messageId(),
                receipt.verdict(),
                receipt.evidence(),
                message.recipient(),
                receipt.reporter(),
                receipt.source(),
                before != MessageState.PROCESSING,
                moved));
        if (receipt.verdict() != Verdict.WHOLE) {
            log.warn(
                    "{} says of {}: {}",
                    receipt.reporter(),
                    receipt.messageId(),
                    receipt.verdict().meaning());
        }
        return true;
    }

    /**
     * What counts among the receipts of a message that came during or after one of its tries, and before the next: a WHOLE
     * one, or else the newest. Not told by their times, which are those of the clocks of several stations.
     *
     * @param claims how often the message had been taken in hand
     */
    @Transactional(readOnly = true)
    public Optional<Receipt> newestOf(String messageId, int claims) {
        return rows(messageId)
                .filter(row -> row.key().claims() == claims)
                .map(ReceiptRow::receipt)
                .max(WHAT_COUNTS);
    }

    /** All receipts of a message, in the order in which they came. */
    @Transactional(readOnly = true)
    public List<Receipt> of(String messageId) {
        return rows(messageId).map(ReceiptRow::receipt).toList();
    }

    private Stream<ReceiptRow> rows(String messageId) {
        return entities
                .createQuery("select r from ReceiptRow r where r.messageId = :id order by r.at", ReceiptRow.class)
                .setParameter("id", messageId)
                .getResultList()
                .stream();
    }

    /**
     * The end of an attempt that knows less than a receipt that came while it was running. Where it was not submitted by us a
     * person may have pressed the submit key: the whole text keeps the message from being typed again. A lesser report does
     * not, and belongs to the try that a person has had repeated.
     */
    @EventListener
    @Transactional
    public void on(MessageChanged changed) {
        boolean submitted = changed.state() == MessageState.UNCONFIRMED || changed.state() == MessageState.DELIVERED;
        boolean notSubmitted = changed.state() == MessageState.PENDING || changed.state() == MessageState.FAILED;
        if (!submitted && !notSubmitted) {
            return;
        }
        List<ReceiptRow> kept = rows(changed.id()).toList();
        if (!kept.isEmpty()) {
            int claims = messages.find(changed.id()).map(Message::claims).orElse(0);
            kept.stream()
                    .filter(row -> row.key().claims() == claims)
                    .map(ReceiptRow::receipt)
                    .max(WHAT_COUNTS)
                    .filter(receipt -> submitted || receipt.verdict() == Verdict.WHOLE)
                    .ifPresent(this::apply);
        }
    }

    @EventListener
    @Transactional
    public void on(MessagesPruned pruned) {
        entities.createQuery("delete from ReceiptRow r where r.messageId in :ids")
                .setParameter("ids", pruned.ids())
                .executeUpdate();
    }

    private boolean apply(Receipt receipt) {
        return receipt.verdict() == Verdict.WHOLE
                ? messages.confirm(receipt.messageId(), receipt.evidence())
                : messages.fault(receipt.messageId(), receipt.verdict());
    }
}
