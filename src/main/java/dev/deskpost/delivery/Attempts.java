package dev.deskpost.delivery;

import dev.deskpost.message.Claim;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The attempts of all messages, each with its steps. Rows are added and ended, never changed otherwise. */
@Component
public class Attempts {

    private static final long LATEST_MESSAGES = 1000;

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

    @Transactional(propagation = Propagation.MANDATORY)
    void end(Claim claim, DeliveryOutcome outcome, Instant now) {
        Attempt attempt = entities.find(Attempt.class, new Attempt.Key(claim.messageId(), claim.number()));
        if (attempt != null) {
            attempt.end(outcome, now);
        }
    }

    /**
     * Recipients in whose input box an attempt may have left its text: the last that is known of it is that it was about to
     * be pasted. Looks at the latest messages only; a text of long before has been dealt with by a person.
     */
    @Transactional(readOnly = true)
    public Set<String> textLeftBehind() {
        List<LastStep> steps = entities.createQuery("""
                        select new dev.deskpost.delivery.Attempts$LastStep(m.recipient, s.step)
                        from AttemptStep s join Message m on m.id = s.messageId
                        where m.seq > (select coalesce(max(n.seq), 0) from Message n) - :latest
                          and s.step in (PASTING, TAKEN_BACK, SUBMITTED)
                        order by s.at desc, s.position desc
                        """, LastStep.class)
                .setParameter("latest", LATEST_MESSAGES)
                .getResultList();
        Map<String, Step> last = new HashMap<>();
        steps.forEach(step -> last.putIfAbsent(step.recipient(), step.step()));
        return last.entrySet().stream()
                .filter(entry -> entry.getValue() == Step.PASTING)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    record LastStep(String recipient, Step step) {}

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
