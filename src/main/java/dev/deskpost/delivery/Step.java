package dev.deskpost.delivery;

/** The steps of an attempt, in their order. Each is noted when it is done. */
public enum Step {
    /** The message is in hand; the attempt is counted. */
    CLAIMED,
    /** The desktop is ours. */
    LOCKED,
    /** Exactly one window matches; its identity is pinned. */
    FOUND,
    /** The window is active and has the input focus. */
    FOCUSED,
    /** The input box was clicked. */
    CLICKED,
    /** The text is on the clipboard, for the target only. */
    OFFERED,
    /** About to press the paste keys. */
    PASTING,
    /** A person's draft stood in the input box; it was copied, to be put back afterwards. */
    DRAFT_KEPT,
    /** The input box was read back and holds the text. */
    READ_BACK,
    /** The target has fetched the text. */
    PASTED,
    /** About to press the submit keys; durable before they are pressed. */
    SUBMITTING,
    /** They were not pressed: the check in the same step said no. Durable, so that a later process knows it, too. */
    SUBMIT_REFUSED,
    /** The submit keys were pressed. */
    SUBMITTED,
    /** The message is a file in the recipient's inbox. */
    WRITTEN,
    /** A text that was pasted but not submitted has been taken back. */
    TAKEN_BACK,
    /** The person's draft stands in the input box again. */
    DRAFT_RESTORED,
    /** What the recipient's confirmation asks for is there. */
    CONFIRMED
}
