package dev.deskpost.message;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Removes messages that were finished long ago, a few at a time, so that nobody waits for it. */
@Component
class Pruner {

    private final MessageRows rows;
    private final Lanes lanes;
    private final RetentionProperties retention;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Pruner(
            MessageRows rows,
            Lanes lanes,
            RetentionProperties retention,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rows = rows;
        this.lanes = lanes;
        this.retention = retention;
        this.events = events;
        this.clock = clock;
    }

    /** Removes one batch of those in a final state. @return whether there may be more */
    @Transactional
    boolean prune(MessageState state) {
        Instant before = clock.instant().minus(retention.of(state));
        List<MessageRows.Found> old =
                rows.finishedBefore(state, Instant.EPOCH, before, Limit.of(retention.batchSize()));
        if (old.isEmpty()) {
            return false;
        }
        // Whoever moves one of them, or prunes as well, holds its lane: what is still there now is ours to remove.
        Map<Lane.Key, Lane> held =
                lanes.lockAll(old.stream().map(MessageRows.Found::lane).toList());
        List<MessageRows.Found> ours =
                rows.stillIn(state, old.stream().map(MessageRows.Found::id).toList());
        List<String> ids = ours.stream().map(MessageRows.Found::id).toList();
        events.publishEvent(new MessagesPruned(ids));
        rows.delete(ids);
        ours.stream()
                .collect(Collectors.groupingBy(MessageRows.Found::lane))
                .forEach((lane, gone) -> lanes.removed(held.get(lane), state, gone.size()));
        return old.size() == retention.batchSize();
    }
}
