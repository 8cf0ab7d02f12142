package dev.deskpost.receipt;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What is wrong with hooks' calls, said once for each recipient and kind of fault: a hook that is set up wrongly comes with
 * every step of its agent. Nothing that came from outside is repeated.
 */
@Component
class Complaints {

    private static final Logger log = LoggerFactory.getLogger(Complaints.class);

    /** As many are remembered; then it is silent. */
    private static final int AT_MOST = 1000;

    private record Complaint(String recipient, String fault) {}

    private final Set<Complaint> made = new HashSet<>();

    /**
     * @param recipient one that exists, so that nobody can make up ever more of them
     * @param fault a clause
     */
    void make(String recipient, String fault) {
        if (isNew(new Complaint(recipient, fault))) {
            log.warn(
                    "The body of a hook of {} {}; it was answered and changes nothing. Not said again",
                    recipient,
                    fault);
        }
    }

    void unknownRecipient() {
        if (isNew(new Complaint("", ""))) {
            log.warn(
                    "Hooks report for a recipient that does not exist; they were answered and change nothing. Not said again");
        }
    }

    private synchronized boolean isNew(Complaint complaint) {
        return made.size() < AT_MOST && made.add(complaint);
    }
}
