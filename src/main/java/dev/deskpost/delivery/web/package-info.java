/**
 * The delivery executor over HTTP: {@code /api/v1/queue} with its numbers and its pause, the attempts of a message, and
 * the probe of a recipient.
 *
 * <p>It must not change a message: that is {@code dev.deskpost.message.web}.
 *
 * <p>Start reading at the controllers.
 */
@NullMarked
package dev.deskpost.delivery.web;

import org.jspecify.annotations.NullMarked;
