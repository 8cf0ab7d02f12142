package dev.deskpost.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a sender wants delivered.
 *
 * @param metadata a JSON object that is kept and shown, never typed
 * @param deliverAfter not before this
 * @param expiresAt not typed any more from then on
 */
public record NewMessage(
        String recipient,
        MessageContent content,
        @Nullable String sender,
        Priority priority,
        @Nullable String metadata,
        @Nullable Instant deliverAfter,
        @Nullable Instant expiresAt) {}
