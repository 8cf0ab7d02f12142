package dev.deskpost.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some messages, newest first.
 *
 * @param next where the next page starts; null if this is the last
 */
public record MessagePage(List<Message> messages, @Nullable Long next) {}
