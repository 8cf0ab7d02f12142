package dev.deskpost.desktop;

import java.time.Duration;

/**
 * The person at the desk. Deskpost's own keys, clicks and moves of the pointer are told apart from theirs; those of any
 * other program that plays a person count as a person's.
 */
public interface Presence {

    /** What somebody is doing at the desk. */
    enum Use {
        /** Nothing. */
        FREE("nobody uses the desktop"),
        /** A modifier key or a button is held, which would change what our keys mean. */
        HELD("a modifier key or a mouse button is held"),
        /** Caps Lock is on. */
        CAPS_LOCK("Caps Lock is on"),
        /** Keys were pressed or the pointer was moved a moment ago. */
        ACTIVE("somebody is typing or moving the pointer"),
        /** The pointer was moved into a corner of the screen: the sign to stop. */
        CORNER("the pointer was moved into a corner of the screen");

        private final String words;

        Use(String words) {
            this.words = words;
        }

        /** For people: the rest of a sentence. */
        public String words() {
            return words;
        }
    }

    /**
     * Waits until nothing is held, Caps Lock is off, and there was no input of a person for some time. From then on
     * {@link #intruded} starts anew.
     *
     * @param quiet for how long there must have been no input
     * @param limit how long to wait; zero to look only
     * @return {@link Use#FREE}, or after the limit why not; {@link Use#CORNER} at once
     */
    Use awaitFree(Duration quiet, Duration limit);

    /** Whether a person has pressed a key or a button since the desk was last found free. */
    boolean intruded();

    /**
     * Whether a person has pressed a key or a button or moved the pointer since then, be it between two sessions.
     *
     * @param nanoTime as of {@link System#nanoTime}
     */
    boolean wasHereSince(long nanoTime);
}
