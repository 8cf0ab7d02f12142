/**
 * The delivery executor over HTTP: {@code /api/v1/queue} with its numbers, pause, resume and drain.
 *
 * <p>It must not touch a message: that is {@code dev.deskpost.message.web}.
 *
 * <p>Start reading at the controller.
 */
@NullMarked
package dev.deskpost.delivery.web;

import org.jspecify.annotations.NullMarked;
