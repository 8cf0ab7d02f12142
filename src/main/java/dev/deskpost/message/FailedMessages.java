package dev.deskpost.message;

import java.time.Instant;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The messages that nobody has dealt with since they failed: who retries one takes it out of this state. */
@Component
public class FailedMessages {

    private final MessageRows rows;

    FailedMessages(MessageRows rows) {
        this.rows = rows;
    }

    /**
     * When the one failed that has waited longest for somebody. One step in an index, however many messages there are.
     *
     * @param from those that failed before are left out
     */
    @Transactional(readOnly = true)
    public Optional<Instant> oldestSince(Instant from) {
        return rows.finishedSince(MessageState.FAILED, from, Limit.of(1)).stream()
                .findFirst();
    }
}
