package dev.deskpost.receipt;

import dev.deskpost.database.DurableLater;
import dev.deskpost.recipient.Activity;
import dev.deskpost.recipient.ActivitySource;
import dev.deskpost.recipient.RecipientChanged;
import dev.deskpost.recipient.Recipients;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What recipients do at present, as their hooks say: work and prompts make them busy, the end of a turn idle, a question to
 * a person blocked; and whatever comes next ends that. Hooks of several sessions may report for one recipient (two terminals
 * in a project, an agent that runs another one): a question is ended by the session that shows it, or by an event that names
 * none. An agent that was killed says nothing any more, so busy and blocked are believed for a time only.
 */
@Component
public class Activities implements ActivitySource {

    private static final int ASKED_AT_ONCE = 500;

    private final EntityManager entities;
    private final Recipients recipients;
    private final ReceiptProperties properties;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Activities(
            EntityManager entities,
            Recipients recipients,
            ReceiptProperties properties,
            ApplicationEventPublisher events,
            Clock clock) {
        this.entities = entities;
        this.recipients = recipients;
        this.properties = properties;
        this.events = events;
        this.clock = clock;
    }

    /** Empty if nothing is known, or what is known has lived out its time. */
    @Transactional(readOnly = true)
    public Optional<Activity> of(String recipient, Instant now) {
        return row(recipient).flatMap(row -> row.at(now));
    }

    /** Empty if no hook of the recipient ever came. */
    @Transactional(readOnly = true)
    public Optional<HooksSeen> hooksOf(String recipient) {
        return row(recipient).map(ActivityRow::hooks);
    }

    @Override
    @Transactional(readOnly = true)
    public Map<String, Activity> activities(Collection<String> wanted) {
        Instant now = clock.instant();
        List<String> ids = new ArrayList<>(wanted);
        Map<String, Activity> known = new HashMap<>();
        for (int from = 0; from < ids.size(); from += ASKED_AT_ONCE) {
            entities.createQuery("select a from ActivityRow a where a.recipient in :ids", ActivityRow.class)
                    .setParameter("ids", ids.subList(from, Math.min(ids.size(), from + ASKED_AT_ONCE)))
                    .getResultStream()
                    .forEach(row -> row.at(now).ifPresent(activity -> known.put(row.recipient(), activity)));
        }
        return known;
    }

    /**
     * Notes what hooks of a recipient said, in the order in which they said it. What says nothing about it changes nothing;
     * and if the process is killed now, the next event says it again.
     *
     * @param session of the agent, in which they said it; null if that is not known
     */
    @DurableLater
    public void heard(String recipient, @Nullable String session, List<HookEvent> said, Instant at) {
        note(recipient, session, said, at);
    }

    /** The same for what is not said again: it is durable when this returns. */
    @Transactional
    public void heardForGood(String recipient, @Nullable String session, List<HookEvent> said, Instant at) {
        note(recipient, session, said, at);
    }

    private void note(String recipient, @Nullable String session, List<HookEvent> said, Instant at) {
        if (said.stream().noneMatch(HookEvent::isUnderstood)) {
            return;
        }
        ActivityRow row = lock(recipient, at);
        Optional<Activity.State> before = row.at(at).map(Activity::state);
        row.hooksSeen(at);
        said.forEach(event -> move(row, event, session, at));
        Optional<Activity.State> after = row.at(at).map(Activity::state);
        if (!Objects.equals(before, after)) {
            events.publishEvent(new ActivityChanged(recipient, after.orElse(null)));
        }
    }

    private void move(ActivityRow row, HookEvent event, @Nullable String session, Instant at) {
        if (event instanceof HookEvent.Blocked) {
            row.block(session, at, at.plus(properties.blockedFor()));
        } else if (!row.isBlockedAt(at) || (answers(event) && row.unblock(session))) {
            enter(row, event, at);
        }
    }

    /** Whether it cannot be said while its own session shows a question. */
    private static boolean answers(HookEvent event) {
        return event instanceof HookEvent.Prompt
                || (event instanceof HookEvent.Busy busy && busy.goesOn())
                || event instanceof HookEvent.Idle
                || event instanceof HookEvent.Ended;
    }

    private void enter(ActivityRow row, HookEvent event, Instant at) {
        if (event instanceof HookEvent.Prompt || event instanceof HookEvent.Busy) {
            row.enter(Activity.State.BUSY, at, at.plus(properties.busyFor()));
        } else if (event instanceof HookEvent.Idle) {
            row.enter(Activity.State.IDLE, at, null);
        } else if (event instanceof HookEvent.Ended) {
            row.forget();
        }
    }

    /** Its hooks have proved another message. */
    @Transactional(propagation = Propagation.MANDATORY)
    void countReceipt(String recipient, Instant at) {
        lock(recipient, at).countReceipt();
    }

    /** Goes with the recipient, in the same transaction. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(RecipientChanged changed) {
        if (!recipients.exists(changed.id())) {
            entities.createQuery("delete from ActivityRow a where a.recipient = :recipient")
                    .setParameter("recipient", changed.id())
                    .executeUpdate();
        }
    }

    private Optional<ActivityRow> row(String recipient) {
        return Optional.ofNullable(entities.find(ActivityRow.class, recipient));
    }

    private ActivityRow lock(String recipient, Instant at) {
        ActivityRow known = entities.find(ActivityRow.class, recipient, LockModeType.PESSIMISTIC_WRITE);
        if (known != null) {
            return known;
        }
        ActivityRow made = new ActivityRow(recipient, at);
        entities.persist(made);
        return made;
    }
}
