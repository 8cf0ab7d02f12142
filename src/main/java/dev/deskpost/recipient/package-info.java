/**
 * The directory of those who can be written to: how a recipient's window is recognised, where its input box is, which keys
 * paste and submit, what happens to a draft, and how it confirms; and how all that is learned from the coordinates of a
 * click script.
 *
 * <p>It must not know messages, their states or when they are delivered.
 *
 * <p>Start reading at {@code Recipient}, then {@code Recipients}.
 */
@ApplicationModule(allowedDependencies = {"desktop", "station", "problem"})
@NullMarked
package dev.deskpost.recipient;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
