package dev.deskpost.message;

/** What proved a delivery, from weak to strong. */
public enum Evidence {
    /** The window had the focus when the keys were pressed. */
    FOCUS,
    /** The window's program fetched the text from the clipboard, and the submit keys reached the window. */
    PASTE,
    /** The recipient wrote a file that names the message. */
    INBOX,
    /** The recipient's own hook reported the message. */
    RECEIPT;

    /** Whether the recipient itself has proved it, and not only what we did. */
    public boolean isOfRecipient() {
        return compareTo(INBOX) >= 0;
    }
}
