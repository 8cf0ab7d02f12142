package dev.deskpost.desktop;

import java.time.Duration;
import java.util.Optional;

/**
 * A clipboard that gives its content to one window's program and to nobody else. What was on it before is kept, and is
 * there again when the session closes, unless another program has put something new there meanwhile.
 *
 * <p>Protocol: offer, {@link Offer#expectPaste}, press the paste keys, {@link Offer#awaitFetch}, press the submit keys,
 * close. Reading does not end with the first read: programs ask again and again while they paste, so the content stays
 * available to the target for a moment after the offer was closed.
 *
 * <p>Does not guarantee that a fetch belongs to the latest paste keys: where earlier ones are still waiting in the
 * program's queue, it is theirs. And browsers read the clipboard ahead as soon as the keys come, long before their page
 * pastes ({@link Fetch#READ}). Whoever must know reads the input box back ({@link Offer#awaitCopied}, {@link #read}).
 */
public interface GuardedClipboard {

    /**
     * Takes the clipboard over and holds the content ready for the target's program.
     *
     * @param pasteKeys the keys that are going to be pressed: some programs read another place for some keys (on X11
     *     terminals paste {@code PRIMARY} for shift+insert)
     */
    Offer offer(ClipboardContent content, Target target, KeyChord pasteKeys);

    /**
     * What another program has put on the clipboard, in all its formats.
     *
     * @return empty if there is nothing, or if its program did not hand it over within the limit
     */
    Optional<ClipboardContent> read(Duration limit);

    /**
     * Whether the target's program has copied something, did not hand it over when it was read, and has not answered since.
     * Then it is busy with what it was told before, and paste keys among that would find what is offered next.
     */
    boolean owesAnswer(Target target);

    /** One content on the clipboard. */
    interface Offer extends AutoCloseable {

        /** From now on a read by the target counts as the fetch; earlier ones are served, but prove nothing. */
        void expectPaste();

        /**
         * From now on the target's program may copy something because of our keys, once. Whatever else it puts on the
         * clipboard, a person has copied there: that is as if another program had taken it.
         */
        void expectCopy();

        /** Waits until one of these has happened, or the limit is up. */
        Fetch awaitFetch(Duration limit);

        /**
         * Waits until the target's program has put something of its own on the clipboard, as it does for the copy keys.
         *
         * @return false if it did not within the limit, or if another program did
         */
        boolean awaitCopied(Duration limit);

        /**
         * Waits until it has done so at least twice since the offer was made.
         *
         * @return false if it certainly did not within the limit
         */
        boolean awaitCopiedAgain(Duration limit);

        /** Whether the target's program has put anything on the clipboard since the offer was made, whoever has it now. */
        boolean hasCopied();

        /** Whether what the target's program has copied still lies on the clipboard. */
        boolean isCopyThere();

        /**
         * Waits until the target's program has not read for as long as it pauses at most within one paste, as far as that is
         * known.
         *
         * @return whether it has read as often as it does for a paste, and the clipboard is still ours
         */
        boolean awaitQuiet();

        /** Whether the target's program has read as often as it does for a paste, as far as that is known. */
        boolean isReadAsUsual();

        /** The target's program has worked off its paste keys: nobody needs to keep the clipboard still for it any more. */
        void settled();

        /**
         * Waits as long as said, or until any program, the target's included, takes the clipboard.
         *
         * @return false if one has since the offer was made
         */
        boolean staysFor(Duration time);

        /**
         * Refuses everybody from now on.
         *
         * @return whether nobody has got the content by paste keys, and nobody ever will
         */
        boolean revoke();

        @Override
        void close();
    }

    /** What became of an offer. */
    enum Fetch {
        /** The target's program has read the content, and it is one that reads once for a paste: it has pasted it. */
        FETCHED,
        /**
         * It has read the content, and it is one that reads several times for a paste, or is not known yet: whether it has
         * pasted it, this does not tell.
         */
        READ,
        /** The target's program has put something of its own on the clipboard: what the copy keys found. */
        COPIED,
        /** Another program owns the clipboard now; the target may have pasted something else. */
        TAKEN,
        /** The target did not ask for the content in time. */
        NOT_FETCHED;

        /** Whether the target's program has read the content, and neither it nor another has taken the clipboard since. */
        public boolean isRead() {
            return this == FETCHED || this == READ;
        }
    }
}
