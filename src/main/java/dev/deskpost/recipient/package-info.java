/**
 * The directory of those who can be written to: how a recipient's window is recognised, where its input box is, which keys
 * paste and submit, and how it confirms.
 *
 * <p>It must not know messages, their states or when they are delivered.
 *
 * <p>Start reading at {@code Recipient}, then {@code Recipients}.
 */
@ApplicationModule(allowedDependencies = {"desktop", "problem"})
@NullMarked
package dev.deskpost.recipient;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
