/**
 * One graphical session: its windows, keyboard, pointer and clipboard, the person at the desk, and the lock that lets only
 * one at a time use them.
 *
 * <p>It must not know why something is typed: no message, recipient or retry. Nothing of a platform (X11, {@code java.awt})
 * shows in the types of this package; that is what the sub-packages are for.
 *
 * <p>Start reading at {@code Desktop}: it hands out a {@code DesktopSession}, and without one there is no clipboard,
 * keyboard or window to call.
 */
@ApplicationModule(allowedDependencies = "problem")
@NullMarked
package dev.deskpost.desktop;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
