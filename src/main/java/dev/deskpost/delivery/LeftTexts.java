package dev.deskpost.delivery;

import dev.deskpost.message.Claim;
import java.util.HashMap;
import java.util.Map;
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
    private boolean read;

    LeftTexts(Attempts attempts) {
        this.attempts = attempts;
    }

    /** Reads what earlier processes have left, once. */
    void read() {
        if (!read) {
            messages.putAll(attempts.textLeftBehind());
            read = true;
        }
    }

    boolean isLeftFor(String recipient) {
        return messages.containsKey(recipient);
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
