/**
 * Recipients over HTTP: {@code /api/v1/recipients}, and their import.
 *
 * <p>It must not decide anything: what a valid recipient is, the room itself says; this package gives it JSON and status
 * codes.
 *
 * <p>Start reading at the controllers.
 */
@NullMarked
package dev.deskpost.recipient.web;

import org.jspecify.annotations.NullMarked;
