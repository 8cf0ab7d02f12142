package dev.deskpost.receipt;

import dev.deskpost.recipient.Activity;
import org.jspecify.annotations.Nullable;

/**
 * A recipient does something else now, as its hooks say. Published inside the transaction; listen after its commit. That
 * the time of an activity is up is not announced.
 *
 * @param state null when nothing is known any more
 */
public record ActivityChanged(String recipient, Activity.@Nullable State state) {}
