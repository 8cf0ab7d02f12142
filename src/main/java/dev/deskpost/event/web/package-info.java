/** The stream of events over HTTP. Start reading at {@code EventController}. */
@NullMarked
package dev.deskpost.event.web;

import org.jspecify.annotations.NullMarked;
