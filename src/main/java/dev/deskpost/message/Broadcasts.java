package dev.deskpost.message;

import dev.deskpost.recipient.UnknownRecipient;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Messages that belong together. */
@Component
public class Broadcasts {

    private final Messages messages;
    private final MessageRows rows;
    private final Clock clock;

    Broadcasts(Messages messages, MessageRows rows, Clock clock) {
        this.messages = messages;
        this.rows = rows;
        this.clock = clock;
    }

    /**
     * Puts the messages into the queue, all or none.
     *
     * @throws UnknownRecipient if nobody of one of the names can be written to
     */
    @Transactional
    public Broadcast accept(List<NewMessage> wanted) {
        String id = freshId();
        return new Broadcast(
                id,
                messages.acceptAll(wanted, id).stream().map(Broadcast.Part::of).toList());
    }

    /** @return empty if there is none of that id, or all of its messages were removed long after they had finished */
    public Optional<Broadcast> find(String id) {
        List<Broadcast.Part> parts = MessageId.isId(id) ? rows.ofBroadcast(id) : List.of();
        return parts.isEmpty() ? Optional.empty() : Optional.of(new Broadcast(id, parts));
    }

    private String freshId() {
        String id = MessageId.ofBroadcastAt(clock.instant());
        while (rows.existsByBroadcast(id)) {
            id = MessageId.ofBroadcastAt(clock.instant());
        }
        return id;
    }
}
