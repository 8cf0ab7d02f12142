package dev.deskpost.desktop;

/** Presses keys into whatever has the focus, without looking. What it does is finished when a method returns. */
public interface Typist {

    /**
     * Presses the keys of a chord and releases them, also when something fails on the way.
     *
     * @throws DesktopUnavailable if it is not known whether they were pressed
     */
    void press(KeyChord chord);
}
