package dev.deskpost.delivery;

import dev.deskpost.recipient.RecipientChanged;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Where the windows of recipients were when messages were last delivered into them. A hint for finding out that a window
 * was moved: whoever writes a recipient anew starts anew.
 */
@Component
class WindowsSeen {

    private final EntityManager entities;
    private final Clock clock;

    WindowsSeen(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    /** Empty if nothing was delivered since the recipient was written down. */
    @Transactional(readOnly = true)
    public Optional<WindowSeen> of(String recipient) {
        return Optional.ofNullable(entities.find(WindowSeenRow.class, recipient))
                .map(WindowSeenRow::seen);
    }

    @Transactional
    public void remember(String recipient, WindowSeen seen) {
        entities.merge(new WindowSeenRow(recipient, seen, clock.instant()));
    }

    /** In the transaction of the change, so that nobody finds new coordinates beside an old window. */
    @EventListener
    @Transactional
    public void on(RecipientChanged changed) {
        entities.createQuery("delete from WindowSeenRow w where w.recipient = :recipient")
                .setParameter("recipient", changed.id())
                .executeUpdate();
    }
}
