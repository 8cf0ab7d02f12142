package dev.deskpost.desktop;

import java.util.Objects;

/**
 * The identity of the one window that an attempt may touch, pinned when it was found. A window id alone is not enough:
 * ids are given out again, and a tab switch puts another conversation into the same window. So the process, its start
 * time, the class and the rule that selected it are compared again before every step that has an effect.
 */
public record Target(Window window, WindowSelector selector) {

    public WindowId id() {
        return window.id();
    }

    /** Whether what the desktop shows now under this id is still what was pinned. */
    public boolean isStill(Window now) {
        return window.id().equals(now.id())
                && Objects.equals(window.pid(), now.pid())
                && Objects.equals(window.processStartedAt(), now.processStartedAt())
                && window.windowClass().equals(now.windowClass())
                && selector.matches(now);
    }
}
