/**
 * Folders through which recipients and Deskpost hand each other files: writing a message into one, so that its recipient
 * finds it whole or not at all, and seeing that a recipient has written a file that names a message.
 *
 * <p>It must not know messages, recipients or who delivers: it is given plain texts, and says what it did and saw. Nothing
 * outside the configured root is read or written, whatever a setting, an id or a link says.
 *
 * <p>Start reading at {@code InboxFolder}; then {@code InboxWriter} for the way out, {@code InboxWatch} for the way in.
 */
@NamedInterface("inbox")
@NullMarked
package dev.deskpost.receipt.inbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
