package dev.deskpost.desktop;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A top-level window as the desktop saw it at one moment. Everything in it but the id comes from the program that owns
 * the window and is to be treated as hostile: titles hold anything, and process ids may be invented.
 *
 * @param windowClass the class half of {@code WM_CLASS} (ICCCM 4.1.2.5), empty if it has none
 * @param pid process id, or null if neither the window nor the display server tells
 * @param processName what {@code ps} shows for the process, empty if unknown
 * @param processStartedAt tells two processes apart that had the same id one after the other
 * @param active whether the window manager calls it the active window
 */
public record Window(
        WindowId id,
        String title,
        String windowClass,
        @Nullable Long pid,
        String processName,
        @Nullable Instant processStartedAt,
        Bounds bounds,
        boolean active) {}
