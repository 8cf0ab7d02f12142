package dev.deskpost.desktop;

/** A place on the desktop, in pixels from the top left corner of the whole screen area. */
public record Point(int x, int y) {

    @Override
    public String toString() {
        return x + "," + y;
    }
}
