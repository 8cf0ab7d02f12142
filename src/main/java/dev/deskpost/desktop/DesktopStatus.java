package dev.deskpost.desktop;

import org.jspecify.annotations.Nullable;

/**
 * @param kind {@code x11}, or {@code none} where there is no adapter for this session
 * @param display what the platform calls the display, such as {@code :0}
 * @param reason why it is not available and what to do about it; null if it is
 */
public record DesktopStatus(
        boolean available,
        String kind,
        @Nullable String display,
        @Nullable String reason) {

    public static DesktopStatus available(String kind, String display) {
        return new DesktopStatus(true, kind, display, null);
    }

    public static DesktopStatus unavailable(String kind, @Nullable String display, String reason) {
        return new DesktopStatus(false, kind, display, reason);
    }
}
