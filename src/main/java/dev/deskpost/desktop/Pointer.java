package dev.deskpost.desktop;

/** Moves the pointer of a desktop. What it does is finished when a method returns. */
public interface Pointer extends AutoCloseable {

    /** @throws DesktopUnavailable if the pointer is lost; it stays lost */
    void moveTo(Point point);

    boolean isAlive();

    @Override
    void close();
}
