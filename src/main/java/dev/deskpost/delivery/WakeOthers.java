package dev.deskpost.delivery;

import dev.deskpost.database.WakeUpCalls;
import dev.deskpost.message.MessageAccepted;
import dev.deskpost.message.MessageChanged;
import dev.deskpost.message.MessageState;
import dev.deskpost.receipt.ActivityChanged;
import dev.deskpost.receipt.ReceiptRecorded;
import dev.deskpost.recipient.RecipientChanged;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Where several Deskposts share the database: what one accepts wakes the others, for one of them may be the one that
 * delivers it. Called inside the transaction, so that it is heard after the commit or never.
 */
@Component
class WakeOthers {

    private final Optional<WakeUpCalls> others;

    WakeOthers(Optional<WakeUpCalls> others) {
        this.others = others;
    }

    @EventListener({MessageAccepted.class, RecipientChanged.class, ReceiptRecorded.class, ActivityChanged.class})
    void call() {
        others.ifPresent(WakeUpCalls::call);
    }

    /** What a person has tried again, or taken out of the way of others. All else is of the station that delivers. */
    @EventListener
    void on(MessageChanged changed) {
        boolean tried = changed.state() == MessageState.PENDING && changed.replayed();
        if (tried || changed.state() == MessageState.CANCELLED) {
            call();
        }
    }
}
