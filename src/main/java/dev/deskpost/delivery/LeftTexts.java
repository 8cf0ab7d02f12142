package dev.deskpost.delivery;

import dev.deskpost.message.Claim;
import dev.deskpost.station.StationLease;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Recipients in whose input box a text of ours may stand that was neither submitted nor taken back. The database knows them,
 * too, for the next process. Used by the executor's thread.
 */
@Component
class LeftTexts {

    /** By recipient: the message whose text it is. */
    private final Map<String, String> messages = new HashMap<>();

    private final Attempts attempts;
    private final StationLease lease;
    private long readInTerm = -1;

    LeftTexts(Attempts attempts, StationLease lease) {
        this.attempts = attempts;
        this.lease = lease;
    }

    /** Reads what earlier processes have left; again when another was the station meanwhile, which may have left or taken some. */
    void read() {
        long term = lease.term();
        if (term != readInTerm) {
            Map<String, String> left = attempts.textLeftBehind();
            messages.clear();
            messages.putAll(left);
            readInTerm = term;
        }
    }

    boolean isLeftFor(String recipient) {
        return messages.containsKey(recipient);
    }

    /** The message whose text may stand there; null if none. */
    @Nullable
    String leftFor(String recipient) {
        return messages.get(recipient);
    }

    /** Whether the text of this message may stand there. */
    boolean isLeftBy(Claim claim) {
        return claim.messageId().equals(messages.get(claim.recipient()));
    }

    /** @param pasted whether the attempt has pasted its text, so that nothing else of ours stands there */
    void note(Claim claim, boolean left, boolean pasted) {
        if (!left) {
            messages.remove(claim.recipient());
        } else if (pasted) {
            messages.put(claim.recipient(), claim.messageId());
        } else {
            messages.putIfAbsent(claim.recipient(), claim.messageId());
        }
    }
}
