package dev.deskpost.delivery;

import dev.deskpost.database.WakeUpCall;
import dev.deskpost.message.MessageAccepted;
import dev.deskpost.message.MessageChanged;
import dev.deskpost.message.MessageState;
import dev.deskpost.receipt.ActivityChanged;
import dev.deskpost.receipt.ReceiptRecorded;
import dev.deskpost.recipient.Activity;
import dev.deskpost.recipient.RecipientChanged;
import dev.deskpost.station.StationChanged;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Wakes the loop when there may be something to do. */
@Component
class WakeOnNews {

    private final DeliveryLoop loop;

    WakeOnNews(DeliveryLoop loop) {
        this.loop = loop;
    }

    @TransactionalEventListener(MessageAccepted.class)
    void somethingWasKept() {
        loop.wake();
    }

    @TransactionalEventListener(RecipientChanged.class)
    void itsSettingsMaySayMore() {
        loop.wakeForThoseHeldBack();
    }

    /** One that is tried again, or one that was in the way of others. */
    @TransactionalEventListener
    void on(MessageChanged changed) {
        if (changed.state() == MessageState.PENDING || changed.state() == MessageState.CANCELLED) {
            loop.wake();
        }
    }

    @TransactionalEventListener
    void on(ReceiptRecorded recorded) {
        loop.wakeForProofOf(recorded.messageId());
    }

    @TransactionalEventListener
    void on(ActivityChanged changed) {
        if (changed.state() == Activity.State.BLOCKED) {
            loop.wakeForAwaited();
        } else {
            loop.wakeForAnything();
        }
    }

    @EventListener(StationChanged.class)
    void somethingChanged() {
        loop.wake();
    }

    @EventListener(WakeUpCall.class)
    void anotherProcessCalls() {
        loop.wakeForAnything();
    }
}
