/**
 * The desktop on an X server: finding, focusing and hit-testing windows, the guarded clipboard, keys that are atomic with
 * the focus check, the person at the desk, and the claim to the display. It follows ICCCM and EWMH.
 *
 * <p>It must not know the bytes on the socket (that is {@code wire}) nor why something is typed.
 *
 * <p>Start reading at the class that carries {@code X11} in its name and implements the interface of
 * {@code dev.deskpost.desktop} that you look for: {@code X11Windows} for {@code Windows}, and so on.
 */
@NullMarked
package dev.deskpost.desktop.x11;

import org.jspecify.annotations.NullMarked;
