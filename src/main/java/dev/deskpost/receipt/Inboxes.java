package dev.deskpost.receipt;

import dev.deskpost.message.Claim;
import dev.deskpost.message.Evidence;
import dev.deskpost.message.MessageChanged;
import dev.deskpost.message.MessageState;
import dev.deskpost.message.MessagesPruned;
import dev.deskpost.message.Verdict;
import dev.deskpost.receipt.inbox.InboxFileSeen;
import dev.deskpost.receipt.inbox.InboxFolder;
import dev.deskpost.receipt.inbox.InboxFolders;
import dev.deskpost.receipt.inbox.InboxLetter;
import dev.deskpost.receipt.inbox.InboxRefused;
import dev.deskpost.receipt.inbox.InboxSetting;
import dev.deskpost.receipt.inbox.InboxWatch;
import dev.deskpost.receipt.inbox.InboxWriter;
import dev.deskpost.recipient.InboxCheck;
import dev.deskpost.recipient.Recipient;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** The inboxes of recipients: messages are written there, and files that name a message are receipts. */
@Component
public class Inboxes implements InboxCheck {

    private static final Logger log = LoggerFactory.getLogger(Inboxes.class);

    private final InboxFolders folders;
    private final InboxWriter writer;
    private final InboxWatch watch;
    private final Receipts receipts;
    private final Clock clock;

    Inboxes(InboxFolders folders, InboxWriter writer, InboxWatch watch, Receipts receipts, Clock clock) {
        this.folders = folders;
        this.writer = writer;
        this.watch = watch;
        this.receipts = receipts;
        this.clock = clock;
    }

    /** Before the database does: whoever is told of a file writes it down. */
    @PreDestroy
    void close() {
        watch.close();
    }

    @Override
    public Optional<String> obstacle(String inbox) {
        return folders.find(inbox) instanceof InboxRefused refused ? Optional.of(refused.reason()) : Optional.empty();
    }

    /** Puts a message there, once, however often it is called. @return why it cannot be; empty if it is there */
    public Optional<String> write(Recipient recipient, Claim claim) {
        InboxSetting setting = of(recipient);
        if (setting instanceof InboxRefused refused) {
            return Optional.of(refused.reason());
        }
        InboxWriter.Result result = writer.write(
                (InboxFolder) setting,
                new InboxLetter(
                        claim.messageId(),
                        recipient.id(),
                        claim.sender() == null ? "" : claim.sender(),
                        claim.priority().key(),
                        claim.acceptedAt(),
                        claim.content()));
        return result instanceof InboxWriter.NotWritten obstacle ? Optional.of(obstacle.reason()) : Optional.empty();
    }

    /** From now on a new file that names the message is its receipt. What is there already is none. */
    public void expect(String messageId, Recipient recipient) {
        InboxSetting setting = of(recipient);
        Optional<String> obstacle = setting instanceof InboxFolder folder
                ? watch.expect(messageId, recipient.id(), folder)
                : Optional.of(((InboxRefused) setting).reason());
        obstacle.ifPresent(reason -> log.warn("No file of {} can prove {}: {}", recipient.id(), messageId, reason));
    }

    /**
     * The same when what was there before is forgotten: a file that names the message counts if it was changed since.
     *
     * @return whether there is one; then its receipt is kept
     */
    public boolean expectOrFind(String messageId, Recipient recipient, Instant since) {
        if (!(of(recipient) instanceof InboxFolder folder)) {
            return false;
        }
        expect(messageId, recipient);
        if (!watch.isThere(messageId, folder, since)) {
            return false;
        }
        watch.forget(messageId);
        keep(messageId, recipient.id(), clock.instant());
        return true;
    }

    @EventListener
    void on(InboxFileSeen seen) {
        keep(seen.messageId(), seen.recipient(), seen.at());
    }

    /**
     * Of what is not confirmed a file may still come; of all others it is not waited for any more, or waited for anew. Before
     * the commit: after it the next attempt may have begun to wait already.
     */
    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
    void on(MessageChanged changed) {
        if (changed.state() != MessageState.PROCESSING && changed.state() != MessageState.UNCONFIRMED) {
            watch.forget(changed.id());
        }
    }

    @TransactionalEventListener
    void on(MessagesPruned pruned) {
        pruned.ids().forEach(watch::forget);
    }

    private void keep(String messageId, String recipient, Instant at) {
        boolean unused =
                receipts.record(new Receipt(messageId, recipient, Source.INBOX, Evidence.INBOX, Verdict.WHOLE, at));
    }

    private InboxSetting of(Recipient recipient) {
        return recipient
                .inbox()
                .map(folders::find)
                .map(found -> found instanceof InboxRefused refused
                        ? new InboxRefused("the inbox " + refused.reason())
                        : found)
                .orElseGet(() -> new InboxRefused("recipient '" + recipient.id() + "' has no inbox"));
    }
}
