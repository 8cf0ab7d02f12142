package dev.deskpost.delivery;

import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.delivery.DeliveryOutcome.Submitted;
import dev.deskpost.message.Claim;
import dev.deskpost.recipient.Recipients;
import dev.deskpost.station.StationLease;
import jakarta.annotation.PreDestroy;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * How attempts have ended, until it is written down. A database that is away, or a lock that is not to be had, must not
 * make an end that is known one of which nobody knows: it is kept here, and nothing else is claimed before it is written.
 *
 * <p>Gone with the process, and with the station: who holds that then goes by what the journal says. A late end changes
 * nothing, because the claim fences it. Used by the executor's thread, and once more when that has ended.
 */
@Component
class Outcomes {

    private static final Logger log = LoggerFactory.getLogger(Outcomes.class);

    private static final int LAST_TRIES = 3;

    private final DeliveryJournal journal;
    private final Recipients recipients;
    private final AwaitedProofs proofs;
    private final LeftTexts leftTexts;
    private final StationLease lease;
    private final ApplicationEventPublisher events;
    private final DeliveryProperties properties;
    private final Clock clock;

    private final Deque<Ended> unwritten = new ArrayDeque<>();

    private record Ended(AttemptLog attempt, DeliveryOutcome outcome) {

        String id() {
            return attempt.claim().messageId();
        }
    }

    Outcomes(
            DeliveryJournal journal,
            Recipients recipients,
            AwaitedProofs proofs,
            LeftTexts leftTexts,
            StationLease lease,
            ApplicationEventPublisher events,
            DeliveryProperties properties,
            Clock clock) {
        this.journal = journal;
        this.recipients = recipients;
        this.proofs = proofs;
        this.leftTexts = leftTexts;
        this.lease = lease;
        this.events = events;
        this.properties = properties;
        this.clock = clock;
    }

    /** An attempt has ended, or its text is submitted and its recipient's proof awaited. */
    synchronized void add(AttemptLog attempt, DeliveryOutcome outcome) {
        unwritten.add(new Ended(attempt, outcome));
    }

    /**
     * Writes down all that is not yet, in its order.
     *
     * @throws RuntimeException if the database does not let it; then it is still kept here
     */
    synchronized void writeDown() {
        for (Ended next = unwritten.peek(); next != null; next = unwritten.peek()) {
            boolean again = false;
            try {
                writeDown(next);
            } catch (RuntimeException e) {
                again = isOfTheDatabase(e);
                throw e;
            } finally {
                if (!again) {
                    unwritten.remove(next);
                }
            }
        }
    }

    /** Not of what is to be written: that would fail for ever, and hold up all others. */
    private static boolean isOfTheDatabase(RuntimeException e) {
        boolean database = e instanceof DataAccessException
                || e instanceof TransactionException
                || e instanceof PersistenceException;
        return database
                && !(e instanceof DataIntegrityViolationException
                        || e instanceof InvalidDataAccessApiUsageException
                        || e instanceof InvalidDataAccessResourceUsageException);
    }

    private void writeDown(Ended ended) {
        AttemptLog attempt = ended.attempt();
        Claim claim = attempt.claim();
        if (ended.outcome() instanceof Submitted) {
            if (journal.submitted(attempt)) {
                recipients.find(claim.recipient()).ifPresent(recipient -> proofs.await(attempt, recipient));
            }
        } else if (journal.settle(attempt, ended.outcome(), leftTexts.leftFor(claim.recipient()))) {
            unwritten.remove(ended); // Whatever those do who hear of it.
            tell(ended);
        }
    }

    private void tell(Ended ended) {
        Claim claim = ended.attempt().claim();
        DeliveryOutcome outcome = ended.outcome();
        Duration took = Duration.between(ended.attempt().startedAt(), clock.instant());
        log.debug("{} for {}: {} in {}", claim.messageId(), claim.recipient(), outcome, took);
        boolean isFinal = !(outcome instanceof NotSent notSent) || notSent.isFinal(claim);
        events.publishEvent(new AttemptFinished(
                claim,
                outcome,
                isFinal,
                took,
                ended.attempt().steps(),
                ended.attempt().isResumed()));
    }

    /** The station is another's now, who settles by what the journal says. */
    synchronized void forget() {
        unwritten.forEach(ended -> log.warn(
                "How the attempt on {} ended could not be written down in time, and is up to the station's new holder: {}",
                ended.id(),
                ended.outcome()));
        unwritten.clear();
    }

    /** The executor has ended, and the database has not: the last time that anybody here knows. */
    @PreDestroy
    synchronized void end() {
        Instant until = clock.instant().plus(properties.stopLimit());
        int tries = 0;
        while (!unwritten.isEmpty()
                && lease.isHeld()
                && tries < LAST_TRIES
                && !clock.instant().isAfter(until)) {
            tries++;
            try {
                writeDown();
            } catch (RuntimeException e) {
                log.warn("How an attempt ended could not be written down while the service stops", e);
            }
        }
        unwritten.forEach(ended -> log.error(
                "How the attempt on {} ended is lost with this process; the next one goes by its journal: {}",
                ended.id(),
                ended.outcome()));
    }
}
