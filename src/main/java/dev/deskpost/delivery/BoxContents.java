package dev.deskpost.delivery;

/**
 * What may stand in an input box because of one attempt. As long as nobody has read a text of ours, and a draft may be
 * there that nobody has read either, all that stands there is the person's, and must not be emptied.
 */
final class BoxContents {

    private final Draft draft;

    /** The paste keys were pressed, and something may have come of it. */
    private boolean pasted;

    /** A text of ours was read: it may stand there. */
    private boolean read;

    private boolean textInBox;

    /** @param textLeftBehind whether an earlier attempt may have left its text there */
    BoxContents(Draft draft, boolean textLeftBehind) {
        this.draft = draft;
        this.read = textLeftBehind;
        this.textInBox = textLeftBehind;
    }

    /** The paste keys are about to be pressed: until they are known not to have been, their text may be there. */
    void mayGetText() {
        textInBox = true;
    }

    /** The paste keys were not pressed: it is as it was. */
    void gotNothing(boolean textBefore) {
        textInBox = textBefore;
    }

    /** The paste keys have done something, be it only that they found another program's content. */
    void pasted() {
        pasted = true;
    }

    /**
     * One offer is over.
     *
     * @param isRead whether the program has read its text, or may still do so
     */
    void offerEnded(boolean isRead) {
        read |= isRead;
        pasted |= isRead;
        textInBox &= !isUntouched();
    }

    /** It was submitted. */
    void submitted() {
        textInBox = false;
    }

    /** It was emptied, or what was there before was put in its place. */
    void takenBack() {
        textInBox = false;
        read = false;
    }

    boolean hasPasted() {
        return pasted;
    }

    /** Whether there is anything to be taken back. */
    boolean isToBeTakenBack() {
        return pasted && !isUntouched();
    }

    /** Whether a text may stand there that was neither submitted nor taken back. */
    boolean holdsText() {
        return textInBox;
    }

    private boolean isUntouched() {
        return draft.isUnknown() && !read;
    }
}
