package dev.deskpost.desktop;

/**
 * One monitor of the desktop.
 *
 * @param bounds where it lies in the whole screen area. On X11 that area begins at the leftmost and topmost monitor, so
 *     these coordinates are never negative; Windows and the tools that come from there count from the primary monitor's
 *     corner, where monitors to the left have negative ones
 * @param primary whether the person calls it the main one; at most one is
 */
public record Monitor(String name, Bounds bounds, boolean primary) {}
