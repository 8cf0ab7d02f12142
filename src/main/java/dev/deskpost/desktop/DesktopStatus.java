package dev.deskpost.desktop;

import org.jspecify.annotations.Nullable;

/**
 * @param standby whether it is not available because another program delivers to it, for which this one stands by
 * @param kind {@code x11}, or {@code none} where there is no adapter for this session
 * @param display what the platform calls the display, such as {@code :0}
 * @param reason why it is not available and what to do about it; null if it is
 */
public record DesktopStatus(
        boolean available,
        boolean standby,
        String kind,
        @Nullable String display,
        @Nullable String reason) {

    public static DesktopStatus available(String kind, String display) {
        return new DesktopStatus(true, false, kind, display, null);
    }

    public static DesktopStatus unavailable(String kind, @Nullable String display, String reason) {
        return new DesktopStatus(false, false, kind, display, reason);
    }

    /** The same for a desktop that could not be had. */
    public static DesktopStatus unavailable(String kind, @Nullable String display, DesktopUnavailable why) {
        return new DesktopStatus(false, why instanceof DesktopTaken, kind, display, why.reason());
    }
}
