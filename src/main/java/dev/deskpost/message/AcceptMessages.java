package dev.deskpost.message;

import dev.deskpost.recipient.RecipientSettings;
import dev.deskpost.recipient.RecipientSettings.Retry;
import dev.deskpost.recipient.Recipients;
import dev.deskpost.recipient.UnknownRecipient;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Puts messages into the queue. First all of them are written into the table, where nobody sees them yet, and only then
 * their lanes are locked: a broadcast writes for seconds, and in a lane that it holds nothing is delivered, nothing settled
 * and nothing else accepted.
 *
 * <p>So another message may come into a lane before one that has the lower number. It was accepted before, too: the one with
 * the lower number has been answered to nobody yet.
 */
@Component
class AcceptMessages {

    private static final int ASKED_AT_ONCE = 500;

    private final MessageRows rows;
    private final Lanes lanes;
    private final Recipients recipients;
    private final ObjectProvider<Admission> admissions;
    private final MessageProperties properties;
    private final EntityManager entities;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    AcceptMessages(
            MessageRows rows,
            Lanes lanes,
            Recipients recipients,
            ObjectProvider<Admission> admissions,
            MessageProperties properties,
            EntityManager entities,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rows = rows;
        this.lanes = lanes;
        this.recipients = recipients;
        this.admissions = admissions;
        this.properties = properties;
        this.entities = entities;
        this.events = events;
        this.clock = clock;
    }

    /** @see Messages#acceptAll */
    @Transactional(propagation = Propagation.MANDATORY)
    List<Message> all(List<NewMessage> wanted, @Nullable String broadcast) {
        admissions.stream().flatMap(each -> each.refusal().stream()).findFirst().ifPresent(refusal -> {
            throw new Draining(refusal);
        });
        List<Message> accepted = write(wanted, broadcast);
        Map<Lane.Key, Lane> locked =
                lanes.lockAll(accepted.stream().map(Message::lane).toList());
        for (Message message : accepted) {
            lanes.add(Objects.requireNonNull(locked.get(message.lane())), message);
        }
        return accepted;
    }

    private List<Message> write(List<NewMessage> wanted, @Nullable String broadcast) {
        Map<String, RecipientSettings> settings =
                recipients.settings(wanted.stream().map(NewMessage::recipient).toList());
        for (NewMessage one : wanted) {
            if (!settings.containsKey(one.recipient())) {
                throw new UnknownRecipient(one.recipient());
            }
        }
        Instant now = clock.instant();
        Iterator<String> ids = freshIds(now, wanted.size()).iterator();
        List<Message> written = new ArrayList<>(wanted.size());
        for (NewMessage one : wanted) {
            int maxAttempts = maxAttempts(Objects.requireNonNull(settings.get(one.recipient())));
            Message message = rows.save(new Message(one, ids.next(), maxAttempts, broadcast, now));
            if (!message.isDeferred()) {
                message.enterLane();
            }
            events.publishEvent(new MessageAccepted(message.id(), message.recipient()));
            written.add(message);
        }
        entities.flush();
        return written;
    }

    private int maxAttempts(RecipientSettings recipient) {
        Retry retry = recipient.retry();
        Integer own = retry == null ? null : retry.maxAttempts();
        return own == null ? properties.maxAttempts() : own;
    }

    /** Asked for before the first is saved, and many at once: each question between two saves would be a flush. */
    private Set<String> freshIds(Instant now, int count) {
        Set<String> fresh = new LinkedHashSet<>();
        while (fresh.size() < count) {
            List<String> drawn = Stream.generate(() -> MessageId.at(now))
                    .limit(Math.min(ASKED_AT_ONCE, count - fresh.size()))
                    .toList();
            fresh.addAll(drawn);
            fresh.removeAll(Set.copyOf(rows.idsAmong(drawn)));
        }
        return fresh;
    }
}
