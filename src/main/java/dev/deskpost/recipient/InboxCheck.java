package dev.deskpost.recipient;

import java.util.Optional;

/** Whether a folder can be somebody's inbox. Beans of this kind are asked before settings are written down. */
@FunctionalInterface
public interface InboxCheck {

    /** @return why it cannot; empty if it can */
    Optional<String> obstacle(String inbox);
}
