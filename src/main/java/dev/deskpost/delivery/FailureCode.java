package dev.deskpost.delivery;

/** Why an attempt did not deliver. The names are part of the API. */
public enum FailureCode {
    /** No window matches. */
    WINDOW_NOT_FOUND,
    /** More than one window matches. */
    WINDOW_AMBIGUOUS,
    /** The window is another one now: other process, class or title. */
    WINDOW_CHANGED,
    /** The window is a terminal's, and the recipient's keys would interrupt the program in it. */
    PROFILE_MISMATCH,
    /** The window did not become the active one with the input focus. */
    FOCUS_NOT_ACQUIRED,
    /** Another window took the focus, and it could not be won back in time. */
    FOCUS_LOST,
    /** The input point lies outside of the window, or of the screen. */
    INPUT_OUTSIDE_WINDOW,
    /** Another window lies over the input point. */
    INPUT_COVERED,
    /**
     * The input point is measured from the screen, and the window has moved or changed its size since the last delivery, so
     * that the point may mean another place in it. Or, wherever it is measured from, the window does not stay where it is.
     */
    WINDOW_MOVED,
    /** The keyboard lacks a key that the recipient asks for, and it cannot be added. */
    KEY_NOT_AVAILABLE,
    /** The window's program did not fetch the text from the clipboard. */
    PASTE_NOT_FETCHED,
    /** The program fetched the text, but the input box did not hold it afterwards. */
    PASTE_NOT_SEEN,
    /** Another program took the clipboard during the paste. */
    CLIPBOARD_TAKEN,
    /** A person held or pressed keys or buttons, or moved the pointer, during an attempt. Costs no try. */
    DESKTOP_IN_USE,
    /** A person has been using the desktop for so long that it counts as a failure. */
    DESKTOP_NOT_FREED,
    /** Another program has grabbed the keyboard or the pointer: an open menu or a screen locker. Costs no try. */
    INPUT_GRABBED,
    /** Another holder did not give the desktop back in time. Costs no try. */
    DESKTOP_BUSY,
    /** There is no desktop to type on. Costs no try. */
    DESKTOP_UNAVAILABLE,
    /** The recipient asks a person something: what is typed now would answer it. Costs no try. */
    RECIPIENT_BLOCKED,
    /** The recipient was busy or blocked for longer than its messages are to wait. Final. */
    RECIPIENT_NOT_READY,
    /** The recipient's inbox cannot be written to. */
    INBOX_NOT_WRITABLE,
    /** The recipient was removed after the message had been accepted. Final. */
    RECIPIENT_REMOVED,
    /** The service was stopped or killed before the submit keys. */
    INTERRUPTED,
    /** The submit keys may have been pressed, and nothing proves what became of them. */
    NOT_CONFIRMED,
    /** The same, and the recipient's hooks, which are known to work, say nothing: it probably was not submitted. */
    RECIPIENT_SILENT,
    /** The recipient says that it got a part of the text. */
    TRUNCATED,
    /** The recipient says that it got other text together with it. */
    MERGED,
    /** Another recipient says that it got it. */
    MISROUTED,
    /** Deskpost itself failed; its log says why. */
    INTERNAL_ERROR;

    /** Whether the cause is not the message: then the try does not count. */
    boolean costsNoTry() {
        return isDesktopWide() || this == RECIPIENT_BLOCKED;
    }

    /** Whether another try would end in the same way. */
    boolean isFinal() {
        return this == RECIPIENT_REMOVED || this == RECIPIENT_NOT_READY;
    }

    /** Whether the cause is the desktop, so that the next message would meet it, too. */
    boolean isDesktopWide() {
        return switch (this) {
            case DESKTOP_UNAVAILABLE, DESKTOP_BUSY, DESKTOP_IN_USE, INPUT_GRABBED -> true;
            default -> false;
        };
    }
}
