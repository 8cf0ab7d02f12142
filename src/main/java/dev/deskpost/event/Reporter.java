package dev.deskpost.event;

import dev.deskpost.delivery.AttemptObserver;
import dev.deskpost.delivery.Step;
import dev.deskpost.message.Claim;
import dev.deskpost.message.MessageAccepted;
import dev.deskpost.message.MessageChanged;
import dev.deskpost.message.MessageState;
import dev.deskpost.monitoring.alert.Alert;
import dev.deskpost.monitoring.alert.AlertChanged;
import dev.deskpost.receipt.ActivityChanged;
import dev.deskpost.receipt.ReceiptRecorded;
import dev.deskpost.recipient.RecipientChanged;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Writes down what the rooms announce. Of what is rolled back nothing is told. */
@Component
class Reporter implements AttemptObserver {

    /** Before others do something about it, which would be told first. */
    private static final int FIRST = Ordered.HIGHEST_PRECEDENCE;

    private final EventLog log;
    private final MessageNews messages;
    private final Clock clock;

    Reporter(EventLog log, MessageNews messages, Clock clock) {
        this.log = log;
        this.messages = messages;
        this.clock = clock;
    }

    @TransactionalEventListener
    @Order(FIRST)
    void on(MessageAccepted accepted) {
        messages.add(accepted.id(), accepted.recipient(), MessageState.PENDING);
    }

    @TransactionalEventListener
    @Order(FIRST)
    void on(MessageChanged changed) {
        messages.add(changed.id(), changed.recipient(), changed.state());
    }

    @Override
    public void noted(Claim claim, Step step) {
        Map<String, @Nullable Object> data = now();
        data.put("id", claim.messageId());
        data.put("recipient", claim.recipient());
        data.put("number", claim.number());
        data.put("step", step);
        log.add(new Event(Event.Type.STEP, claim.recipient(), data));
    }

    @TransactionalEventListener
    @Order(FIRST)
    void on(ReceiptRecorded recorded) {
        Map<String, @Nullable Object> data = now();
        data.put("id", recorded.messageId());
        data.put("recipient", recorded.recipient());
        data.put("reporter", recorded.reporter());
        data.put("verdict", recorded.verdict());
        data.put("evidence", recorded.evidence());
        data.put("source", recorded.source().label());
        data.put("late", recorded.late());
        log.add(new Event(Event.Type.RECEIPT, recorded.recipient(), data));
    }

    @TransactionalEventListener
    @Order(FIRST)
    void on(RecipientChanged changed) {
        recipient(changed.id());
    }

    @TransactionalEventListener
    @Order(FIRST)
    void on(ActivityChanged changed) {
        recipient(changed.recipient());
    }

    @EventListener
    void on(AlertChanged changed) {
        Alert alert = changed.alert();
        Map<String, @Nullable Object> data = now();
        data.put("rule", alert.rule());
        data.put("state", alert.state());
        data.put("value", alert.value());
        data.put("threshold", alert.threshold());
        data.put("unit", alert.unit());
        data.put("summary", alert.summary());
        log.add(new Event(Event.Type.ALERT, null, data));
    }

    private void recipient(String id) {
        Map<String, @Nullable Object> data = now();
        data.put("id", id);
        log.add(new Event(Event.Type.RECIPIENT, id, data));
    }

    private Map<String, @Nullable Object> now() {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("at", clock.instant());
        return data;
    }
}
