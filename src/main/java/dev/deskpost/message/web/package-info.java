/**
 * Messages over HTTP: {@code /api/v1/messages}.
 *
 * <p>It must not decide which move is right: the states refuse wrong ones themselves; this package gives that JSON and
 * status codes.
 *
 * <p>Start reading at the controller.
 */
@NullMarked
package dev.deskpost.message.web;

import org.jspecify.annotations.NullMarked;
