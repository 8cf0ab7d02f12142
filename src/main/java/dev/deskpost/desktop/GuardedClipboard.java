package dev.deskpost.desktop;

import java.time.Duration;

/**
 * A clipboard that gives its text to one window's program and to nobody else.
 *
 * <p>Protocol: offer, {@link Offer#expectPaste}, press the paste keys, {@link Offer#awaitFetch}, press the submit keys,
 * close. Reading does not end with the first read: programs ask again and again while they paste, so the text stays
 * available to the target for a moment after the offer was closed.
 */
public interface GuardedClipboard {

    /** Takes the clipboard over and holds the text ready for the target's program. */
    Offer offer(String text, Target target);

    /** One text on the clipboard. */
    interface Offer extends AutoCloseable {

        /** From now on a read by the target counts as the fetch; earlier ones are served, but prove nothing. */
        void expectPaste();

        /** Waits until the target's program has fetched the text, somebody else took the clipboard, or the limit is up. */
        Fetch awaitFetch(Duration limit);

        /** Whether another program has taken the clipboard since the offer was made. */
        boolean taken();

        /** Waits as long as said, or until another program takes the clipboard. @return false if one did */
        boolean staysFor(Duration time);

        /**
         * Refuses everybody from now on.
         *
         * @return whether nobody had read the text and nobody ever will
         */
        boolean revoke();

        @Override
        void close();
    }

    /** What became of an offer. */
    enum Fetch {
        /** The target's program has read the text. */
        FETCHED,
        /** Another program owns the clipboard now; the target may have pasted something else. */
        TAKEN,
        /** The target did not ask for the text in time. */
        NOT_FETCHED
    }
}
