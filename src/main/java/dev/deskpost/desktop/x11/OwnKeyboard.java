package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.x11.wire.XEvent.RawInput;
import dev.deskpost.desktop.x11.wire.XTest;

/**
 * The keyboard from which our keys come. The X.Org server has one of its own for XTEST beside the person's, each with a
 * keymap of its own, and what it shows to programs as the keymap is a copy of that of the keyboard used last. Looked up
 * there while the person's was the last one, a letter may lie on a key that is another letter on ours.
 */
final class OwnKeyboard {

    private final XTest keys;
    private final X11Presence presence;

    OwnKeyboard(XTest keys, X11Presence presence) {
        this.keys = keys;
        this.presence = presence;
    }

    /**
     * Makes it the keyboard used last, so that the keymap and the group that the server tells of from now on are those
     * that count for our keys. A key is let go that nobody holds: no window hears of that.
     */
    void takeUp() {
        int key = keys.unusedKeycode();
        presence.announce(RawInput.KEY_RELEASE, key);
        keys.key(key, false);
    }
}
