package dev.deskpost.message;

import dev.deskpost.recipient.RecipientChanged;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The lanes, and every move of a message in one: with its lane held, so that the lane's first message and its figures are
 * right whenever a transaction ends.
 */
@Component
class Lanes {

    private static final Comparator<Lane.Key> ORDER =
            Comparator.comparing(Lane.Key::priority).thenComparing(Lane.Key::recipient);

    private static final int LOCKED_AT_ONCE = 500;

    private final LaneRows lanes;
    private final MessageRows messages;
    private final ApplicationEventPublisher events;

    Lanes(LaneRows lanes, MessageRows messages, ApplicationEventPublisher events) {
        this.lanes = lanes;
        this.messages = messages;
        this.events = events;
    }

    /** A recipient that can be written to has its lanes; they stay when it goes, for the messages that it leaves. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void make(RecipientChanged changed) {
        for (Priority priority : Priority.values()) {
            Lane.Key key = new Lane.Key(priority, changed.id());
            if (!lanes.existsById(key)) {
                lanes.save(new Lane(key));
            }
        }
    }

    /** @throws IllegalStateException if there never was such a recipient */
    Lane lock(Lane.Key key) {
        return lanes.lock(key.priority(), key.recipient())
                .orElseThrow(() -> new IllegalStateException("no lane for " + key));
    }

    /** In one order for all. */
    Map<Lane.Key, Lane> lockAll(Collection<Lane.Key> wanted) {
        Map<Priority, List<String>> recipients = new TreeMap<>();
        TreeSet<Lane.Key> sorted = new TreeSet<>(ORDER);
        sorted.addAll(wanted);
        for (Lane.Key key : sorted) {
            recipients
                    .computeIfAbsent(key.priority(), priority -> new ArrayList<>())
                    .add(key.recipient());
        }
        Map<Lane.Key, Lane> locked = new HashMap<>();
        recipients.forEach((priority, names) -> {
            for (int from = 0; from < names.size(); from += LOCKED_AT_ONCE) {
                List<String> some = names.subList(from, Math.min(names.size(), from + LOCKED_AT_ONCE));
                lanes.lockAll(priority, some)
                        .forEach(lane -> locked.put(new Lane.Key(lane.priority(), lane.recipient()), lane));
            }
        });
        return locked;
    }

    /** A new message; it is in the table already, with its place in the lane. */
    void add(Lane lane, Message message) {
        lane.count(null, message.state());
        if (message.isInLane()) {
            lane.admit(message.place());
        }
    }

    void take(Lane lane, Message message, String station) {
        MessageState before = message.state();
        message.claim(station);
        lane.take();
        moved(lane, message, before);
    }

    /** The end of an attempt. */
    void settle(Lane lane, Message message, Consumer<Message> change) {
        lane.release();
        move(lane, message, change);
    }

    void move(Lane lane, Message message, Consumer<Message> change) {
        MessageState before = message.state();
        change.accept(message);
        lane.leadWith(first(lane).orElse(null));
        moved(lane, message, before);
    }

    /** Messages of the lane have been removed. */
    void removed(@Nullable Lane lane, MessageState state, int count) {
        if (lane == null) {
            return;
        }
        for (int i = 0; i < count; i++) {
            lane.count(state, null);
        }
    }

    private void moved(Lane lane, Message message, MessageState before) {
        if (before != message.state()) {
            lane.count(before, message.state());
            events.publishEvent(
                    new MessageChanged(message.id(), message.recipient(), message.state(), message.replays() > 0));
        }
    }

    private Optional<Lane.Place> first(Lane lane) {
        return messages.inLane(lane.recipient(), lane.priority(), 0, Limit.of(1)).stream()
                .findFirst();
    }
}
