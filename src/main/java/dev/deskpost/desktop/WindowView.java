package dev.deskpost.desktop;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A window as the API shows it, with the names that a recipient's window rule uses.
 *
 * @param id such as {@code 0x400007}
 * @param pid null if neither the window nor the display server tells
 */
public record WindowView(
        String id,
        String title,
        @JsonProperty("class") String windowClass,
        String process,
        @Nullable Long pid,
        Bounds bounds) {

    public static WindowView of(Window window) {
        return new WindowView(
                window.id().toString(),
                window.title(),
                window.windowClass(),
                window.processName(),
                window.pid(),
                window.bounds());
    }
}
