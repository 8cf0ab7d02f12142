package dev.deskpost.delivery;

import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.desktop.Verdict;

/** What it means for a message when the desktop refuses a step. */
final class Refusals {

    private Refusals() {}

    /**
     * @param elsewhere the code for a focus that is elsewhere: not won at all, or lost again
     * @throws IllegalArgumentException if nothing was refused
     */
    static NotSent notSent(Verdict verdict, FailureCode elsewhere) {
        return switch (verdict) {
            case FOCUS_ELSEWHERE ->
                new NotSent(elsewhere, "another window has the focus, and it was not to be had within the limit");
            case COVERED -> new NotSent(FailureCode.INPUT_COVERED, "another window lies over the input point");
            case OUTSIDE ->
                new NotSent(
                        FailureCode.INPUT_OUTSIDE_WINDOW,
                        "the input point lies outside of the window, or of the screen; was the window moved or resized?");
            case POINTER_MOVED -> new NotSent(FailureCode.DESKTOP_IN_USE, "somebody is moving the pointer");
            case INPUT_HELD ->
                new NotSent(
                        FailureCode.DESKTOP_IN_USE, "somebody holds a modifier key or a button, or Caps Lock is on");
            case INTRUDED -> new NotSent(FailureCode.DESKTOP_IN_USE, "somebody began to type or click");
            case CLIPBOARD_TAKEN -> clipboardTaken();
            case CHANGED ->
                new NotSent(
                        FailureCode.WINDOW_CHANGED,
                        "the window has changed its title, class or process since it was found");
            case GONE -> new NotSent(FailureCode.WINDOW_NOT_FOUND, "the window has closed since it was found");
            case NO_SUCH_KEY ->
                new NotSent(
                        FailureCode.KEY_NOT_AVAILABLE,
                        "the present keyboard layout lacks one of the recipient's keys; choose others, such as shift+insert");
            case HELD -> throw new IllegalArgumentException("nothing was refused");
        };
    }

    static NotSent clipboardTaken() {
        return new NotSent(
                FailureCode.CLIPBOARD_TAKEN,
                "another program took the clipboard during the paste, again and again until the limit");
    }
}
