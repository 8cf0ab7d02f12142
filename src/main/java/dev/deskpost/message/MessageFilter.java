package dev.deskpost.message;

import org.jspecify.annotations.Nullable;

/** Which messages to show; null means any. */
public record MessageFilter(
        @Nullable MessageState state,
        @Nullable String recipient,
        @Nullable String sender) {}
