package dev.deskpost.delivery;

import dev.deskpost.delivery.AdaptiveTimeouts.Ending;
import dev.deskpost.delivery.AdaptiveTimeouts.Wait;
import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.desktop.ClipboardContent;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.GuardedClipboard;
import dev.deskpost.desktop.GuardedClipboard.Fetch;
import dev.deskpost.desktop.GuardedClipboard.Offer;
import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.message.Claim;
import dev.deskpost.message.Priority;
import dev.deskpost.recipient.DraftPolicy;
import dev.deskpost.recipient.Recipient;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets the text of one message into the input box, submits it, and puts a draft back that stood there:
 *
 * <ol>
 *   <li>The text is offered; in one step with the check the keys that look for a draft (select all, copy) and the paste keys
 *       are pressed. In an empty box the first two do nothing, and the text is fetched. A draft is copied, which shows as a
 *       clipboard that the target has taken, and pasted over itself: it is kept, and the next round replaces it.
 *   <li>If the clipboard was taken by anybody else, it starts over.
 *   <li>Where a fetch proves too little ({@link Doubts}) the box is read back, and it starts over unless it holds the text.
 *   <li>The submit keys are pressed while the clipboard still is ours.
 * </ol>
 *
 * Does not guarantee to save a draft that stood in the box while another program was taking the clipboard: the program may
 * have pasted that one's content over it.
 */
final class Writing implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Writing.class);

    /** What a terminal emulator needs at most for paste keys that were pressed before: it asks at once. */
    private static final Duration LINE_SETTLES = Duration.ofMillis(150);

    private final Claim claim;
    private final Recipient recipient;
    private final InputBox box;
    private final GuardedClipboard clipboard;
    private final AdaptiveTimeouts timeouts;
    private final Race race;
    private final Doubts doubts;
    private final AttemptSteps steps;

    private final Set<String> stolen = new HashSet<>();
    private @Nullable Offer offer;
    private @Nullable ClipboardContent draft;
    private boolean lookedForDraft;
    private boolean pasted;
    private boolean readBack;
    private boolean textInBox;
    private boolean mayBeSubmitted;

    /** @param textLeftBehind whether an earlier attempt may have left its text in the box */
    Writing(
            Claim claim,
            Recipient recipient,
            InputBox box,
            GuardedClipboard clipboard,
            AdaptiveTimeouts timeouts,
            Race race,
            Doubts doubts,
            AttemptSteps steps,
            boolean textLeftBehind) {
        this.claim = claim;
        this.recipient = recipient;
        this.box = box;
        this.clipboard = clipboard;
        this.timeouts = timeouts;
        this.race = race;
        this.doubts = doubts;
        this.steps = steps;
        this.textInBox = textLeftBehind;
    }

    /** @return why the text was certainly not submitted, or empty if it was */
    Optional<NotSent> write() {
        while (true) {
            Optional<NotSent> failure = paste();
            if (failure.isPresent()) {
                return failure;
            }
            if (!readBack && !offer().staysFor(recipient.submitDelay())) {
                clipboardTaken();
            } else {
                Verdict verdict = submit();
                if (verdict == Verdict.HELD) {
                    return Optional.empty();
                } else if (verdict != Verdict.CLIPBOARD_TAKEN) {
                    return Optional.of(box.refused(verdict));
                }
                clipboardTaken();
            }
            if (!race.goesOn()) {
                return Optional.of(box.refused(Verdict.CLIPBOARD_TAKEN));
            }
        }
    }

    /** Whether the submit keys may have been pressed although nobody could say so. */
    boolean mayBeSubmitted() {
        return mayBeSubmitted;
    }

    /** Whether a text may stand in the box that was neither submitted nor taken back. */
    boolean leavesText() {
        return textInBox;
    }

    /** Whether anything was pasted: then it has to be taken back if it is not submitted. */
    boolean hasPasted() {
        return pasted;
    }

    private Optional<NotSent> paste() {
        while (true) {
            List<KeyChord> before = keysBefore();
            offer(ClipboardContent.ofText(claim.content()));
            if (!pasted) {
                steps.note(Step.OFFERED);
                steps.keep(Step.PASTING);
            }
            // Until the keys are known not to have been pressed, their text may be there.
            boolean inBoxBefore = textInBox;
            textInBox = true;
            Verdict verdict = box.paste(offer(), before);
            if (verdict != Verdict.HELD) {
                textInBox = inBoxBefore;
                return Optional.of(box.refused(verdict));
            }
            Duration limit = timeouts.limit(Wait.FETCH);
            Fetch fetch = awaitFetch();
            if (fetch == Fetch.NOT_FETCHED) {
                return notFetched(limit);
            }
            pasted = true;
            if (fetch == Fetch.FETCHED && holdsText()) {
                steps.note(Step.PASTED);
                return Optional.empty();
            } else if (fetch == Fetch.COPIED) {
                keepDraft();
            } else if (fetch == Fetch.TAKEN) {
                clipboardTaken();
            }
            if (!race.goesOn()) {
                return Optional.of(fetch == Fetch.FETCHED ? notInBox() : box.refused(Verdict.CLIPBOARD_TAKEN));
            }
        }
    }

    private List<KeyChord> keysBefore() {
        if (recipient.draft() == DraftPolicy.PRESERVE && !lookedForDraft) {
            return recipient.box().copy();
        }
        return recipient.draft() == DraftPolicy.IGNORE && !pasted
                ? List.of()
                : recipient.box().replace();
    }

    /** The target has copied: what stood in the box is on the clipboard, and in the box once more. */
    private void keepDraft() {
        Optional<ClipboardContent> found = clipboard.read(timeouts.limit(Wait.FETCH));
        if (found.isEmpty()) {
            doubts.clipboardTaken(box.target());
            return;
        }
        lookedForDraft = true;
        String text = found.get().text().orElse("");
        if (!found.get().isBlank() && !text.equals(claim.content()) && !stolen.contains(text)) {
            draft = found.get();
            steps.note(Step.DRAFT_KEPT);
        }
    }

    private boolean holdsText() {
        lookedForDraft = true;
        if (!doubts.about(box.target())) {
            return true;
        }
        if (!recipient.box().canReadBack()) {
            return offer().staysFor(LINE_SETTLES);
        }
        // The submit keys follow the reading at once, and must not come sooner after the paste than the recipient
        // allows.
        // Whether the clipboard stays ours meanwhile does not matter: what stands in the box does.
        boolean unused = offer().staysFor(recipient.submitDelay());
        readBack = box.readBack(offer())
                .flatMap(ClipboardContent::text)
                .filter(this::isOurs)
                .isPresent();
        if (readBack) {
            doubts.settled(box.target());
            steps.note(Step.READ_BACK);
        }
        return readBack;
    }

    /** Editors change white space on the way in and out. A draft that is to be ignored stands before the text. */
    private boolean isOurs(String inBox) {
        String wanted = claim.content().replaceAll("\\s+", "");
        String present = inBox.replaceAll("\\s+", "");
        return recipient.draft() == DraftPolicy.IGNORE ? present.endsWith(wanted) : present.equals(wanted);
    }

    private Verdict submit() {
        List<KeyChord> keys =
                List.of(claim.priority() == Priority.URGENT ? recipient.submitUrgentKeys() : recipient.submitKeys());
        steps.keep(Step.SUBMITTING);
        mayBeSubmitted = true;
        Verdict verdict = timeouts.measure(
                Wait.SUBMIT,
                within -> {
                    race.goOnFor(within);
                    return readBack ? box.press(keys) : box.pressWhileOffered(keys);
                },
                Approach::endingOf);
        mayBeSubmitted = verdict == Verdict.HELD;
        if (verdict == Verdict.HELD) {
            textInBox = false;
            steps.note(Step.SUBMITTED);
        }
        return verdict;
    }

    /** Another program took the clipboard: what the paste keys found or will find is not known. */
    private void clipboardTaken() {
        doubts.clipboardTaken(box.target());
        readBack = false;
        clipboard
                .read(timeouts.limit(Wait.FETCH))
                .flatMap(ClipboardContent::text)
                .ifPresent(stolen::add);
    }

    /**
     * Nobody gets this text from now on. But the paste keys may still be waiting in the program's queue, and then they would
     * fetch what is offered next: the text counts as left behind, and the keys that empty the box line up behind them before
     * anything else is pasted.
     */
    private Optional<NotSent> notFetched(Duration limit) {
        doubts.notSettled(box.target());
        pasted |= !offer().revoke();
        return Optional.of(new NotSent(
                FailureCode.PASTE_NOT_FETCHED,
                "the window's program did not fetch the text within " + limit + " after "
                        + recipient.pasteKeys()
                        + ": is the input box where the recipient says, and are these its paste keys?"));
    }

    private NotSent notInBox() {
        return new NotSent(
                FailureCode.PASTE_NOT_SEEN,
                "the window's program fetched the text, but the input box did not hold it afterwards: is the input box"
                        + " where the recipient says?");
    }

    /**
     * Empties the box, or puts the draft back in the place of all that stands there. Only after a click into the box where
     * the recipient says where it is: in another part of the window these keys would do it to something else.
     */
    boolean takeBack() {
        if (box.click() != Verdict.HELD) {
            return false;
        }
        boolean done = draft == null
                ? box.press(recipient.box().clear()) == Verdict.HELD
                : pasteDraft(recipient.box().replace());
        if (done) {
            textInBox = false;
            steps.note(Step.TAKEN_BACK);
        }
        return done;
    }

    /** After the text was submitted. Whatever happens to the draft, the message is delivered. */
    void putDraftBack() {
        if (draft == null) {
            return;
        }
        try {
            if (pasteDraft(List.of())) {
                steps.note(Step.DRAFT_RESTORED);
            } else {
                log.warn("A draft in the window of {} could not be put back", recipient.id());
            }
        } catch (DesktopUnavailable e) {
            log.warn("A draft in the window of {} could not be put back: {}", recipient.id(), e.reason());
        } catch (RuntimeException e) {
            log.error(
                    "A draft in the window of {} could not be put back; the message was submitted", recipient.id(), e);
        }
    }

    private boolean pasteDraft(List<KeyChord> before) {
        ClipboardContent content = draft;
        while (content != null) {
            offer(content);
            if (box.paste(offer(), before) != Verdict.HELD) {
                return false;
            }
            Fetch fetch = awaitFetch();
            if (fetch == Fetch.FETCHED || fetch == Fetch.NOT_FETCHED || !race.goesOn()) {
                return fetch == Fetch.FETCHED;
            }
        }
        return false;
    }

    private Fetch awaitFetch() {
        return timeouts.measure(Wait.FETCH, offer()::awaitFetch, fetch -> switch (fetch) {
            case FETCHED -> Ending.MET;
            case NOT_FETCHED -> Ending.MISSED;
            case COPIED, TAKEN -> Ending.BROKEN_OFF;
        });
    }

    private void offer(ClipboardContent content) {
        close();
        offer = clipboard.offer(content, box.target(), recipient.pasteKeys());
    }

    private Offer offer() {
        if (offer == null) {
            throw new IllegalStateException("nothing was offered yet");
        }
        return offer;
    }

    @Override
    public void close() {
        if (offer != null) {
            offer.close();
        }
    }
}
