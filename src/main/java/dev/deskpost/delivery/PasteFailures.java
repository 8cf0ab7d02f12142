package dev.deskpost.delivery;

import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.desktop.KeyChord;
import java.time.Duration;

/** Says to people why a text did not get into an input box. */
final class PasteFailures {

    private PasteFailures() {}

    static NotSent notFetched(Duration limit, KeyChord pasteKeys) {
        return new NotSent(
                FailureCode.PASTE_NOT_FETCHED,
                "the window's program did not fetch the text within " + limit + " after " + pasteKeys
                        + ": is the input box where the recipient says, and are these its paste keys?");
    }

    static NotSent notHandedOver(Duration limit) {
        return busy("did not hand over within " + limit + " what it had copied");
    }

    static NotSent notAnswered() {
        return busy("still has not answered since it was asked for what it had copied");
    }

    private static NotSent busy(String what) {
        return new NotSent(
                FailureCode.PASTE_NOT_FETCHED,
                "the window's program " + what
                        + ": it is busy, and what a person has left in the input box stays there");
    }

    static NotSent notSeen() {
        return new NotSent(
                FailureCode.PASTE_NOT_SEEN,
                "the window's program fetched the text, but the input box did not hold it afterwards, as far as it could be"
                        + " copied: is the input box where the recipient says, and does it take what is pasted?");
    }
}
