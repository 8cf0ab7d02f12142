/**
 * Tells people and programs of alerts: in the log, and with webhooks.
 *
 * <p>It must not hold anything up: what is to be sent stands in a short queue, and each webhook has a thread of its own. An
 * address and a secret are told to nobody, in no log and no figure.
 *
 * <p>Start reading at {@code Notifier}; then {@code Courier}, which tries again, and {@code WebhookClient}, which decides
 * where may be connected to.
 */
@NullMarked
package dev.deskpost.monitoring.notify;

import org.jspecify.annotations.NullMarked;
