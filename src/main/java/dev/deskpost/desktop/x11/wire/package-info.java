/**
 * A small client of the X11 wire protocol, in Java alone: requests, replies, events and errors as the X Window System
 * Protocol, X Version 11, lays them out, as far as Deskpost needs them.
 *
 * <p>It must not know windows in Deskpost's sense, window managers or clipboards: only resources, atoms, properties and
 * events. Encoding and decoding stand apart from the socket, so what bytes mean is tested with captured bytes and without
 * a display.
 *
 * <p>Start reading at the connection set-up, then at one request and its reply.
 */
@NullMarked
package dev.deskpost.desktop.x11.wire;

import org.jspecify.annotations.NullMarked;
