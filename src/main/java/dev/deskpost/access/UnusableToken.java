package dev.deskpost.access;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The token file cannot be read, or holds nothing that callers could show, or that nobody could guess. */
final class UnusableToken extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    UnusableToken(Path file, String why, @Nullable Throwable cause) {
        super("The token file " + file + " " + why, cause);
    }
}
