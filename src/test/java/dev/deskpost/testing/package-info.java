/**
 * The real parts that the tests run against: an X server with a window manager, chat windows that write down what
 * happened to them, and programs that get in the way.
 *
 * <p>Nothing here uses Deskpost's own classes: a judge that shares the code of the accused shares its mistakes.
 *
 * <p>Start reading at {@link dev.deskpost.testing.ChatWindows} and {@link dev.deskpost.testing.VirtualDisplay}.
 */
@NullMarked
package dev.deskpost.testing;

import org.jspecify.annotations.NullMarked;
