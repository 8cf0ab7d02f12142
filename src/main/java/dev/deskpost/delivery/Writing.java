package dev.deskpost.delivery;

import dev.deskpost.delivery.AdaptiveTimeouts.Wait;
import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.delivery.PasteProof.Finding;
import dev.deskpost.desktop.ClipboardContent;
import dev.deskpost.desktop.GuardedClipboard;
import dev.deskpost.desktop.GuardedClipboard.Fetch;
import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.message.Claim;
import dev.deskpost.message.Priority;
import dev.deskpost.recipient.Recipient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Gets the text of one message into the input box, submits it, and puts a draft back that stood there:
 *
 * <ol>
 *   <li>The text is offered; in one step with the check the keys that look for a draft (select all, copy) and the paste keys
 *       are pressed. In an empty box the first two do nothing, and the text is fetched. A draft is copied, which shows as a
 *       clipboard that the target has taken, and pasted over itself: it is kept, and the next round replaces it.
 *   <li>If the clipboard was taken by anybody else, it starts over. If the program does not hand its copy over, that is the end:
 *       whatever is offered now, its paste keys would find, and put it in the place of a draft that nobody has.
 *   <li>Where a fetch proves too little the box is read back ({@link PasteProof}), and it starts over unless it holds the text.
 *   <li>The submit keys are pressed while the clipboard still is ours.
 * </ol>
 *
 * As long as the program has read no text of ours, all that stands in the box is the person's, and it is never emptied.
 *
 * <p>Does not guarantee to save a draft that stood in the box while another program was taking the clipboard: the program may
 * have pasted that one's content over it.
 */
final class Writing implements AutoCloseable {

    private final Claim claim;
    private final String text;
    private final Recipient recipient;
    private final InputBox box;
    private final AdaptiveTimeouts timeouts;
    private final Race race;
    private final Doubts doubts;
    private final ClipboardFigures figures;
    private final AttemptSteps steps;
    private final Pasting pasting;
    private final Draft draft;
    private final BoxContents contents;
    private final PasteProof proof;
    private boolean mayBeSubmitted;
    private boolean sawNothing;

    /** @param textLeftBehind whether an earlier attempt may have left its text in the box */
    Writing(
            Claim claim,
            Recipient recipient,
            InputBox box,
            GuardedClipboard clipboard,
            AdaptiveTimeouts timeouts,
            Race race,
            Doubts doubts,
            ClipboardFigures figures,
            AttemptSteps steps,
            boolean textLeftBehind) {
        this.claim = claim;
        this.text = recipient
                .template()
                .fill(
                        claim.content(),
                        claim.messageId(),
                        claim.sender(),
                        claim.priority().key());
        this.recipient = recipient;
        this.box = box;
        this.timeouts = timeouts;
        this.race = race;
        this.doubts = doubts;
        this.figures = figures;
        this.steps = steps;
        this.pasting = new Pasting(box, clipboard, timeouts, figures, recipient.pasteKeys());
        this.draft = new Draft(recipient, pasting, race, steps);
        this.contents = new BoxContents(draft, textLeftBehind);
        this.proof = new PasteProof(text, recipient, box, pasting, draft, doubts, steps);
    }

    /** @return why the text was certainly not submitted, or empty if it was */
    Optional<NotSent> write() {
        while (true) {
            Optional<NotSent> failure = paste();
            if (failure.isPresent()) {
                return failure;
            }
            failure = steps.keep(Step.SUBMITTING);
            if (failure.isPresent()) {
                return failure;
            }
            Verdict verdict = submit();
            if (verdict == Verdict.HELD) {
                return Optional.empty();
            }
            failure = steps.keep(Step.SUBMIT_REFUSED);
            if (failure.isPresent()) {
                return failure;
            }
            if (verdict != Verdict.CLIPBOARD_TAKEN || !race.goesOn()) {
                return Optional.of(box.refused(verdict));
            }
            clipboardTaken();
        }
    }

    /** Whether the submit keys may have been pressed although nobody could say so. */
    boolean mayBeSubmitted() {
        return mayBeSubmitted;
    }

    /** Whether a text may stand in the box that was neither submitted nor taken back. */
    boolean leavesText() {
        return contents.holdsText();
    }

    /** Whether anything was pasted that has to be taken back if it is not submitted. */
    boolean hasPasted() {
        return contents.isToBeTakenBack();
    }

    void putDraftBack() {
        draft.putBack();
    }

    private Optional<NotSent> paste() {
        if (pasting.isAnswerOwed()) {
            return Optional.of(PasteFailures.notAnswered());
        }
        while (true) {
            Optional<NotSent> refusal = pressPasteKeys();
            if (refusal.isPresent()) {
                return refusal;
            }
            Duration limit = timeouts.limit(Wait.FETCH);
            Fetch fetch = pasting.awaitFetch();
            if (fetch == Fetch.NOT_FETCHED) {
                return notFetched(limit);
            }
            contents.pasted();
            Finding finding = proof.of(fetch);
            boolean mayBeInBox = finding != Finding.COPY && finding != Finding.TAKEN;
            contents.offerEnded(mayBeInBox || !pasting.revoke());
            if (finding == Finding.IN_BOX) {
                return Optional.empty();
            }
            Optional<NotSent> end = notProved(finding, limit);
            if (end.isPresent()) {
                return end;
            }
            if (!race.goesOn()) {
                return Optional.of(fetch.isRead() ? PasteFailures.notSeen() : box.refused(Verdict.CLIPBOARD_TAKEN));
            }
        }
    }

    /** @return why it must not start over */
    private Optional<NotSent> notProved(Finding finding, Duration limit) {
        if (finding == Finding.REFUSED) {
            return Optional.of(proof.refused());
        }
        if (finding == Finding.NOTHING_IN_BOX) {
            // Where a program makes attachments of pastes, each one more would be
            if (sawNothing) {
                return Optional.of(PasteFailures.notSeen());
            }
            sawNothing = true;
        }
        if (finding == Finding.TAKEN) {
            clipboardTaken();
        }
        return finding == Finding.COPY && !keepDraft()
                ? Optional.of(PasteFailures.notHandedOver(limit))
                : Optional.empty();
    }

    private Optional<NotSent> pressPasteKeys() {
        pasting.offer(ClipboardContent.ofText(text));
        if (!contents.hasPasted()) {
            steps.note(Step.OFFERED);
        }
        Optional<NotSent> failure = contents.hasPasted() ? steps.blocked() : steps.keep(Step.PASTING);
        if (failure.isPresent()) {
            return failure;
        }
        boolean textBefore = contents.holdsText();
        contents.mayGetText();
        Verdict verdict = pasting.press(draft.keysBeforePaste(contents.hasPasted()));
        if (verdict == Verdict.HELD) {
            return Optional.empty();
        }
        contents.gotNothing(textBefore);
        return Optional.of(box.refused(verdict));
    }

    /**
     * The target has copied what stands in the box. Its paste keys may still be waiting: they would fetch the text, and that
     * would pass for the next fetch.
     *
     * @return false if it does not hand it over
     */
    private boolean keepDraft() {
        doubts.notSettled(box.target());
        if (draft.keep(text)) {
            return true;
        }
        if (pasting.isCopyThere()) {
            return false;
        }
        clipboardTaken();
        return true;
    }

    private Verdict submit() {
        List<KeyChord> keys =
                List.of(claim.priority() == Priority.URGENT ? recipient.submitUrgentKeys() : recipient.submitKeys());
        mayBeSubmitted = true;
        Verdict verdict = timeouts.measure(
                Wait.SUBMIT,
                within -> {
                    race.goOnFor(within);
                    return proof.isCopied() ? box.press(keys) : box.pressWhileOffered(keys);
                },
                Approach::endingOf);
        mayBeSubmitted = verdict == Verdict.HELD;
        if (verdict == Verdict.HELD) {
            contents.submitted();
            if (!draft.isKept()) {
                box.leftEmpty();
            }
            steps.note(Step.SUBMITTED);
        }
        return verdict;
    }

    /** Another program took the clipboard: what the paste keys found or will find is not known. */
    private void clipboardTaken() {
        figures.lost();
        doubts.clipboardTaken(box.target());
        pasting.foreign().flatMap(ClipboardContent::text).ifPresent(draft::isNot);
    }

    /**
     * Nobody gets this text from now on. But the paste keys may still be waiting in the program's queue, and then they would
     * fetch what is offered next: the text counts as left behind, and the keys that empty the box line up behind them before
     * anything else is pasted. Where a draft is to be preserved, the keys that look for it do that.
     */
    private Optional<NotSent> notFetched(Duration limit) {
        doubts.notSettled(box.target());
        contents.offerEnded(!pasting.revoke());
        return Optional.of(PasteFailures.notFetched(limit, recipient.pasteKeys()));
    }

    /**
     * Empties the box, or puts the draft back in the place of all that stands there. Only after a click into the box where
     * the recipient says where it is: in another part of the window these keys would do it to something else.
     */
    boolean takeBack() {
        if (box.click() != Verdict.HELD) {
            return false;
        }
        boolean done =
                draft.isKept() ? draft.putInPlace() : box.press(recipient.box().clear()) == Verdict.HELD;
        if (done) {
            contents.takenBack();
            steps.note(Step.TAKEN_BACK);
        }
        return done;
    }

    @Override
    public void close() {
        pasting.close();
    }
}
