package dev.deskpost.desktop;

/**
 * A rectangle on the desktop in pixels: position of its top left corner and size. For a window this is its client area,
 * without the frame that a window manager draws around it.
 */
public record Bounds(int x, int y, int width, int height) {

    public boolean contains(Point point) {
        return point.x() >= x && point.x() < x + width && point.y() >= y && point.y() < y + height;
    }
}
