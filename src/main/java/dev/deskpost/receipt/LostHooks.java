package dev.deskpost.receipt;

import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * When an event of a hook was last lost: dropped, not understood, or not written down. As long as one may have been, nothing
 * follows from a recipient's silence. Whose event it was is not always known, so it counts for all; what another process
 * has lost is not known here.
 */
@Component
public class LostHooks {

    private final Clock clock;
    private volatile Instant last = Instant.MIN;

    LostHooks(Clock clock) {
        this.clock = clock;
    }

    void note() {
        last = clock.instant();
    }

    /** Whether any was lost at that time or later. */
    public boolean anySince(Instant since) {
        return !last.isBefore(since);
    }
}
