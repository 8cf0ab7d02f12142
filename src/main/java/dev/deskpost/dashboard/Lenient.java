package dev.deskpost.dashboard;

import java.beans.PropertyEditorSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes what an address of the page says if it means anything; a link that is old or mistyped shows the page all the same. */
final class Lenient extends PropertyEditorSupport {

    private final Function<String, Object> meaning;

    /** @param meaning throws IllegalArgumentException for what means nothing */
    Lenient(Function<String, Object> meaning) {
        this.meaning = meaning;
    }

    @Override
    public void setAsText(@Nullable String text) {
        setValue(text == null ? null : meaning(text.strip()));
    }

    private @Nullable Object meaning(String text) {
        try {
            return meaning.apply(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
