package dev.deskpost.message.web;

import dev.deskpost.problem.Problem;
import dev.deskpost.problem.Problem.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the next page of a list starts, in a form that nobody is tempted to compute with. */
final class Cursor {

    private static final String PREFIX = "before:";

    private Cursor() {}

    static @Nullable String encode(@Nullable Long before) {
        return before == null
                ? null
                : Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString((PREFIX + before).getBytes(StandardCharsets.US_ASCII));
    }

    static @Nullable Long decode(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            if (text.startsWith(PREFIX)) {
                return Long.valueOf(text.substring(PREFIX.length()));
            }
        } catch (IllegalArgumentException e) {
            // Said below, as for any other wrong cursor.
        }
        throw Problem.invalidFields(List.of(new FieldError("cursor", "is not one that a list gave as nextCursor")));
    }
}
