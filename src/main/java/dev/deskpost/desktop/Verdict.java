package dev.deskpost.desktop;

/** What the guard said about a step against a pinned window. Anything but {@link #HELD} means that nothing was done. */
public enum Verdict {
    /** Every condition held, and the step was carried out in the same moment. */
    HELD,
    /** Another window is active or has the input focus. */
    FOCUS_ELSEWHERE,
    /** The topmost window at the point belongs to somebody else. */
    COVERED,
    /** The point lies outside of the window. */
    OUTSIDE,
    /** The window is elsewhere or has another size than was thought: the point would mean another place in it. */
    MOVED,
    /** The pointer did not stay where it was put: a person is moving it. */
    POINTER_MOVED,
    /** A person holds a modifier key or a button, which would change what the keys mean. */
    INPUT_HELD,
    /** A person has pressed keys or buttons of their own since the desk was found free. */
    INTRUDED,
    /** Another program has taken the clipboard. */
    CLIPBOARD_TAKEN,
    /** Another program has grabbed the keyboard or the pointer: an open menu or a screen locker. */
    GRABBED,
    /** Under this id there is another window now: another process, class or title. */
    CHANGED,
    /** The window does not exist any more. */
    GONE,
    /** The keyboard layout has no such key, or the mouse no first button; nothing was pressed. */
    NO_SUCH_KEY
}
