package dev.deskpost.delivery;

import dev.deskpost.message.Claim;
import dev.deskpost.message.MessagesPruned;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The attempts of all messages, each with its steps. Rows are added and ended, never changed otherwise. */
@Component
public class Attempts {

    private final EntityManager entities;

    Attempts(EntityManager entities) {
        this.entities = entities;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void start(Claim claim, Instant now) {
        entities.persist(new Attempt(claim, now));
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void add(List<AttemptStep> steps) {
        steps.forEach(entities::persist);
    }

    /** How many steps of the attempt are written down: always the first so many. */
    @Transactional(propagation = Propagation.MANDATORY)
    int countSteps(Claim claim) {
        return entities.createQuery(
                        "select count(s) from AttemptStep s where s.messageId = :id and s.number = :number", Long.class)
                .setParameter("id", claim.messageId())
                .setParameter("number", claim.number())
                .getSingleResult()
                .intValue();
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void end(Claim claim, DeliveryOutcome outcome, Instant now) {
        Attempt attempt = entities.find(Attempt.class, new Attempt.Key(claim.messageId(), claim.number()));
        if (attempt != null) {
            attempt.end(outcome, now);
        }
    }

    /** Whether the attempt is written down as ended, and in this way. */
    @Transactional(propagation = Propagation.MANDATORY)
    boolean hasEndedAs(Claim claim, DeliveryOutcome outcome) {
        Attempt attempt = entities.find(Attempt.class, new Attempt.Key(claim.messageId(), claim.number()));
        return attempt != null && attempt.hasEndedAs(outcome);
    }

    /** Recipients in whose input box a text of ours may stand that nobody submitted, each with its message. */
    @Transactional(readOnly = true)
    public Map<String, String> textLeftBehind() {
        return entities.createQuery("select t from TextLeft t", TextLeft.class)
                .getResultStream()
                .collect(Collectors.toMap(TextLeft::recipient, TextLeft::messageId));
    }

    /**
     * What is known of the recipient's input box.
     *
     * @param messageId whose text may stand there, of whatever attempt this was learned; null if none does
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void leftText(String recipient, @Nullable String messageId) {
        TextLeft known = entities.find(TextLeft.class, recipient);
        if (messageId == null) {
            if (known != null) {
                entities.remove(known);
            }
        } else if (known == null) {
            entities.persist(new TextLeft(recipient, messageId));
        } else {
            known.by(messageId);
        }
    }

    /** Attempts go with their messages. */
    @EventListener
    void on(MessagesPruned pruned) {
        entities.createQuery("delete from AttemptStep s where s.messageId in :ids")
                .setParameter("ids", pruned.ids())
                .executeUpdate();
        entities.createQuery("delete from Attempt a where a.messageId in :ids")
                .setParameter("ids", pruned.ids())
                .executeUpdate();
    }

    /** In their order. */
    @Transactional(readOnly = true)
    public List<Attempt> of(String messageId) {
        return entities.createQuery("select a from Attempt a where a.messageId = :id order by a.number", Attempt.class)
                .setParameter("id", messageId)
                .getResultList();
    }

    /** The steps of all attempts of a message, in their order. */
    @Transactional(readOnly = true)
    public List<AttemptStep> stepsOf(String messageId) {
        return entities.createQuery(
                        "select s from AttemptStep s where s.messageId = :id order by s.number, s.position",
                        AttemptStep.class)
                .setParameter("id", messageId)
                .getResultList();
    }
}
