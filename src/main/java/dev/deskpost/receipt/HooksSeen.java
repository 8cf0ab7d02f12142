package dev.deskpost.receipt;

import java.time.Instant;

/**
 * Whether a recipient's hooks are known to work.
 *
 * @param lastAt when an event of theirs last came that was understood
 * @param receipts how many receipts of whole messages they have given, ever
 */
public record HooksSeen(Instant lastAt, long receipts) {}
