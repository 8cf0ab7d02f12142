package dev.deskpost.delivery;

import dev.deskpost.station.StationLease;
import java.util.HashSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Recipients in whose input box a text of ours may stand that was neither submitted nor taken back. The database knows them,
 * too, for the next process. Used by the executor's thread.
 */
@Component
class LeftTexts {

    private final Set<String> recipients = new HashSet<>();
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
            Set<String> left = attempts.textLeftBehind();
            recipients.clear();
            recipients.addAll(left);
            readInTerm = term;
        }
    }

    boolean isLeftFor(String recipient) {
        return recipients.contains(recipient);
    }

    void note(String recipient, boolean left) {
        if (left) {
            recipients.add(recipient);
        } else {
            recipients.remove(recipient);
        }
    }
}
