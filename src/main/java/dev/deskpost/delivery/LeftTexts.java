package dev.deskpost.delivery;

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
    private boolean read;

    LeftTexts(Attempts attempts) {
        this.attempts = attempts;
    }

    /** Reads what earlier processes have left, once. */
    void read() {
        if (!read) {
            recipients.addAll(attempts.textLeftBehind());
            read = true;
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
