/**
 * Who may call: tokens, scopes, checks of the origin, and limits.
 *
 * <p>It must not know what is called: no message, recipient or desktop. It speaks of paths, tokens and addresses.
 *
 * <p>Start reading at the security configuration: it lists what is open and what is not. How browsers sign in is
 * in {@code SignIn}.
 */
@ApplicationModule(allowedDependencies = "problem")
@NullMarked
package dev.deskpost.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
