package dev.deskpost.desktop;

import java.time.Duration;
import java.util.List;

/**
 * Pointer and keyboard, guarded.
 *
 * <p>On desktops that allow it (X11) check and input are one step: between them nobody, the window manager included, can
 * move the focus. Where the desktop has no such step a gap remains; the adapter says so.
 */
public interface Input {

    /**
     * Moves the pointer to the point and clicks the first button, if the target lies under it.
     *
     * <ol>
     *   <li>The pointer is moved.
     *   <li>In one step: the pointer is where it was put, the topmost window there is the target, the target is still
     *       itself and where it was thought to be, nothing else is held; then the button is pressed and released.
     *   <li>Window managers hold a click back until they have looked at it: it is waited until they let it through.
     * </ol>
     *
     * @param window where the window was when the point was worked out; {@link Verdict#MOVED} if it is not there any more:
     *     inside a window that has another size the point may be another button
     * @param limit how long the click may be held back
     */
    Verdict click(Target target, Bounds window, Point point, Duration limit);

    /**
     * Presses and releases the chords one after the other, if the target is still itself, is the active window and has the
     * input focus, and if nobody has touched the keyboard since the desk was found free. All of them or none.
     *
     * <p>Does not guarantee that the program acts on it: a key can be ignored. That is what evidence is for.
     */
    Verdict press(Target target, List<KeyChord> chords);

    /** The same, and only while the clipboard still is in our hands ({@link Verdict#CLIPBOARD_TAKEN} if it is not). */
    Verdict pressWhileOffered(Target target, List<KeyChord> chords);

    /** Whether the present keyboard layout has the keys of the chord. Presses nothing. */
    boolean has(KeyChord chord);
}
