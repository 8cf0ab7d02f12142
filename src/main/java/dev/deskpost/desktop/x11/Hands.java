package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.Pointer;
import dev.deskpost.desktop.Typist;
import java.util.Optional;

/**
 * What acts on the desktop from outside of our connection to it.
 *
 * @param keys who presses the keys; empty if our own connection does
 */
record Hands(Pointer pointer, Optional<Typist> keys) {}
