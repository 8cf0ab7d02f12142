package dev.deskpost.receipt.inbox;

import java.util.Set;

/**
 * A message for which a file is expected.
 *
 * @param known names that hold its id and were there before; they never count
 */
record Expected(String messageId, String recipient, Set<String> known, WatchedFolder folder) {

    boolean isNamedBy(String fileName) {
        return InboxNames.names(fileName, messageId) && !known.contains(fileName);
    }
}
