/**
 * The desktop through {@code java.awt.Robot}, where nothing better exists: the pointer, captures, and keys where they are
 * asked for.
 *
 * <p>The only package that may import {@code java.awt}. It must not know the window system beneath it: which window has the
 * focus is for the platform's own package. {@code Robot} reports no failure when the window system refuses an input, so
 * nothing here counts as proof.
 *
 * <p>Start reading at {@code RobotHost}: it says why it is a process of its own. {@code RobotPointer} talks to it.
 */
@NullMarked
package dev.deskpost.desktop.awt;

import org.jspecify.annotations.NullMarked;
