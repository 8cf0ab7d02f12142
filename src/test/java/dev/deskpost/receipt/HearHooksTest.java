package dev.deskpost.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deskpost.fixtures.HandClock;
import dev.deskpost.fixtures.RealDatabase;
import dev.deskpost.fixtures.Settings;
import dev.deskpost.message.DeliveryQueue;
import dev.deskpost.message.DeliveryQueue.Reach;
import dev.deskpost.message.MessageContent;
import dev.deskpost.message.Messages;
import dev.deskpost.message.NewMessage;
import dev.deskpost.message.Priority;
import dev.deskpost.message.Verdict;
import dev.deskpost.recipient.Recipients;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;

/** What becomes of an event of which a part cannot be written down. */
@RealDatabase
class HearHooksTest {

    @Autowired
    Recipients recipients;

    @Autowired
    Messages messages;

    @Autowired
    DeliveryQueue queue;

    @Autowired
    HookFormats formats;

    @Autowired
    PromptComparison comparison;

    @Autowired
    Receipts receipts;

    @Autowired
    Complaints complaints;

    @Autowired
    LostHooks lost;

    @Autowired
    HandClock clock;

    @BeforeEach
    void an_agent() {
        recipients.put("agent-1", Settings.withReceipt("agent-1"));
    }

    @Test
    void a_receipt_is_kept_also_if_the_activity_cannot_be_noted(
            @Autowired EntityManager entities,
            @Autowired ReceiptProperties properties,
            @Autowired ApplicationEventPublisher events) {
        Activities failing = new Activities(entities, recipients, properties, events, clock) {
            @Override
            public void heard(String recipient, @Nullable String session, List<HookEvent> said, Instant at) {
                throw new DuplicateKeyException("another station wrote down its first hook at the same moment");
            }
        };
        HearHooks hooks = new HearHooks(recipients, messages, formats, comparison, failing, receipts, complaints, lost);
        String content = "Please review PR 17, and nothing else";
        String id = messages.accept(
                        new NewMessage("agent-1", new MessageContent(content), null, Priority.NORMAL, null, null, null))
                .id();
        queue.claimNext(Reach.ALL);
        byte[] body = "{\"hook_event_name\":\"UserPromptSubmit\",\"prompt\":\"%s\"}"
                .formatted(content)
                .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> hooks.hear("agent-1", body, clock.instant()))
                .isInstanceOf(DuplicateKeyException.class);

        assertThat(receipts.of(id)).extracting(Receipt::verdict).containsExactly(Verdict.WHOLE);
    }
}
