package dev.deskpost.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deskpost.fixtures.HandClock;
import dev.deskpost.fixtures.RealDatabase;
import dev.deskpost.fixtures.Settings;
import dev.deskpost.message.DeliveryQueue;
import dev.deskpost.message.DeliveryQueue.Reach;
import dev.deskpost.message.Evidence;
import dev.deskpost.message.Failure;
import dev.deskpost.message.MessageContent;
import dev.deskpost.message.MessageState;
import dev.deskpost.message.Messages;
import dev.deskpost.message.MessagesPruned;
import dev.deskpost.message.NewMessage;
import dev.deskpost.message.Priority;
import dev.deskpost.recipient.Recipients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** For how long a recipient's files are waited for. */
@RealDatabase
class InboxesTest {

    @Autowired
    Inboxes inboxes;

    @Autowired
    Receipts receipts;

    @Autowired
    Recipients recipients;

    @Autowired
    Messages messages;

    @Autowired
    DeliveryQueue queue;

    @Autowired
    HandClock clock;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    ApplicationEventPublisher events;

    private Path inbox;

    @BeforeEach
    void an_agent_with_an_inbox(@Value("${deskpost.inbox.root}") Path root) throws IOException {
        clock.reset();
        String name = "inbox-" + UUID.randomUUID();
        inbox = Files.createDirectories(root.resolve(name));
        recipients.put("agent-1", Settings.of("""
                {"window":{"title":"^agent-1$"},"inbox":"%s","confirmation":{"by":"inbox"}}""".formatted(name)));
    }

    @Test
    void what_a_person_has_tried_again_is_waited_for_although_the_next_attempt_is_quicker_than_the_news()
            throws IOException {
        String id = unconfirmed();

        new TransactionTemplate(transactions).executeWithoutResult(transaction -> {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    expect(id); // By the executor, which sees the commit at once
                }
            });
            messages.retry(id);
        });
        Files.createFile(inbox.resolve("RECEIVED_" + id + ".md"));

        await().until(() -> messages.find(id).orElseThrow().state() == MessageState.DELIVERED);
        assertThat(messages.find(id).orElseThrow().evidence()).isEqualTo(Evidence.INBOX);
    }

    @Test
    void what_was_removed_is_not_waited_for() throws IOException {
        String removed = unconfirmed();
        String other = unconfirmed();

        new TransactionTemplate(transactions)
                .executeWithoutResult(transaction -> events.publishEvent(new MessagesPruned(List.of(removed))));
        Files.createFile(inbox.resolve("RECEIVED_" + removed + ".md"));
        Files.createFile(inbox.resolve("RECEIVED_" + other + ".md"));

        await().until(() -> !receipts.of(other).isEmpty());
        assertThat(receipts.of(removed)).isEmpty();
    }

    private String unconfirmed() {
        String id = messages.accept(
                        new NewMessage("agent-1", new MessageContent("hello"), null, Priority.NORMAL, null, null, null))
                .id();
        expect(id);
        queue.unconfirmed(queue.claimNext(Reach.ALL).orElseThrow(), new Failure("NOT_CONFIRMED", "nothing"), null);
        return id;
    }

    private void expect(String id) {
        inboxes.expect(id, recipients.find("agent-1").orElseThrow());
    }
}
