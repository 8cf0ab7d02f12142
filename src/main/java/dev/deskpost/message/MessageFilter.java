package dev.deskpost.message;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which messages to show; null means any. */
public record MessageFilter(
        @Nullable MessageState state,
        @Nullable String recipient,
        @Nullable String sender) {

    /** No name has control characters in it; and some databases cannot even be asked for a zero character. */
    boolean canMatch() {
        return Stream.of(recipient, sender)
                .allMatch(name -> name == null || name.chars().noneMatch(Character::isISOControl));
    }
}
