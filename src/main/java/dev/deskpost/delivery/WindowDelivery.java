package dev.deskpost.delivery;

import dev.deskpost.delivery.DeliveryOutcome.Delivered;
import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.delivery.DeliveryOutcome.Unconfirmed;
import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.GuardedClipboard.Fetch;
import dev.deskpost.desktop.GuardedClipboard.Offer;
import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.message.Channel;
import dev.deskpost.message.Claim;
import dev.deskpost.message.Evidence;
import dev.deskpost.message.Priority;
import dev.deskpost.recipient.ConfirmedBy;
import dev.deskpost.recipient.Recipient;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of one delivery into one window, from finding it to the submit keys. Each step either succeeds or says why
 * the message was certainly not sent; the first failure ends it, and a text that was pasted by then is taken back.
 *
 * <p>Not certain is only the moment in which the submit keys are pressed. If that call does not return, whoever catches
 * the exception must ask {@link #mayBeSubmitted}.
 */
final class WindowDelivery {

    /** Makes a step durable before it has its effect. */
    interface Journal {
        void keep(Step step);
    }

    private final Claim claim;
    private final Recipient recipient;
    private final DesktopSession desktop;
    private final DeliveryProperties limits;
    private final AttemptLog log;
    private final Journal journal;

    private final Approach approach;

    private @Nullable Offer offer;

    /** Where the window and its input point were when the point was clicked. */
    private Optional<WindowSeen> where = Optional.empty();

    /** A text may stand in the input box, of this attempt or of an earlier one. */
    private boolean textInInput;

    /** This attempt's paste was fetched, or something else was pasted in its place. */
    private boolean pasted;

    private boolean mayBeSubmitted;

    /**
     * @param textLeftBehind whether an earlier attempt may have left its text in the input box
     * @param seen where the window was at the last delivery
     */
    WindowDelivery(
            Claim claim,
            Recipient recipient,
            DesktopSession desktop,
            DeliveryProperties limits,
            AttemptLog log,
            Journal journal,
            boolean textLeftBehind,
            Optional<WindowSeen> seen) {
        this.claim = claim;
        this.recipient = recipient;
        this.desktop = desktop;
        this.limits = limits;
        this.log = log;
        this.journal = journal;
        this.textInInput = textLeftBehind;
        this.approach = new Approach(recipient, desktop, limits.focusLimit(), seen);
    }

    DeliveryOutcome deliver() {
        try {
            Optional<NotSent> failure = findWindow()
                    .or(this::focusWindow)
                    .or(this::clickInput)
                    .or(this::takeBackLeftover)
                    .or(this::offerText)
                    .or(this::pressPasteKeys)
                    .or(this::awaitFetch)
                    .or(this::pauseBeforeSubmit)
                    .or(this::pressSubmitKeys);
            if (failure.isPresent() && pasted) {
                takeBack();
            }
            return failure.<DeliveryOutcome>map(notSent -> notSent).orElseGet(this::confirm);
        } finally {
            if (offer != null) {
                offer.close();
            }
        }
    }

    /** Whether the submit keys may have been pressed although nobody could say so. */
    boolean mayBeSubmitted() {
        return mayBeSubmitted;
    }

    /** Whether a text may stand in the input box that was neither submitted nor taken back. */
    boolean leavesText() {
        return textInInput;
    }

    /** Where the window was, for later deliveries; empty if nothing was clicked. */
    Optional<WindowSeen> where() {
        return where;
    }

    private Optional<NotSent> findWindow() {
        return approach.find().or(() -> done(Step.FOUND));
    }

    private Optional<NotSent> focusWindow() {
        return approach.focus().or(() -> done(Step.FOCUSED));
    }

    private Optional<NotSent> clickInput() {
        if (recipient.input().isEmpty()) {
            return Optional.empty();
        }
        where = approach.here();
        Optional<NotSent> drifted = where.flatMap(approach::drift);
        if (drifted.isPresent()) {
            return drifted;
        }
        Verdict verdict = click(where);
        return verdict == Verdict.HELD ? done(Step.CLICKED) : refused(verdict, FailureCode.FOCUS_NOT_ACQUIRED);
    }

    /** Held as well where the recipient has no input point. */
    private Verdict clickInputPoint() {
        return recipient.input().isEmpty() ? Verdict.HELD : click(approach.here());
    }

    private Verdict click(Optional<WindowSeen> now) {
        return now.map(WindowSeen::onScreen)
                .map(input -> win(
                        () -> desktop.input().click(target(), input, limits.focusLimit()),
                        () -> desktop.windows().hit(target(), input, limits.focusLimit())))
                .orElse(Verdict.GONE);
    }

    private Optional<NotSent> takeBackLeftover() {
        if (textInInput && !takeBack()) {
            return fail(
                    FailureCode.FOCUS_LOST,
                    "an earlier attempt left its text in the input box, and it could not be taken back");
        }
        return Optional.empty();
    }

    private Optional<NotSent> offerText() {
        offer = desktop.clipboard().offer(claim.content(), target());
        return offer.taken() ? clipboardTaken() : done(Step.OFFERED);
    }

    private Optional<NotSent> pressPasteKeys() {
        journal.keep(Step.PASTING);
        // Until the keys are known not to have been pressed, their text may be there.
        textInInput = true;
        Verdict verdict = win(
                () -> {
                    offer().expectPaste();
                    return desktop.input().press(target(), recipient.pasteKeys());
                },
                () -> desktop.windows().focus(target(), limits.focusLimit()));
        textInInput = verdict == Verdict.HELD;
        return verdict == Verdict.HELD ? Optional.empty() : refused(verdict, FailureCode.FOCUS_LOST);
    }

    private Optional<NotSent> awaitFetch() {
        Fetch fetch = offer().awaitFetch(limits.fetchLimit());
        switch (fetch) {
            case FETCHED -> {
                pasted = true;
                return done(Step.PASTED);
            }
            case TAKEN -> {
                pasted = true;
                return clipboardTaken();
            }
            case NOT_FETCHED -> {
                // Nobody gets this text from now on. But the paste keys may still be waiting in the program's queue,
                // and
                // then they would fetch what is offered next: the text counts as left behind, and the keys that empty
                // the input box line up behind them before anything else is pasted.
                pasted = !offer().revoke();
                return fail(
                        FailureCode.PASTE_NOT_FETCHED,
                        "the window's program did not fetch the text within " + limits.fetchLimit() + " after "
                                + recipient.pasteKeys()
                                + ": is the input box where the recipient says, and are these its"
                                + " paste keys?");
            }
        }
        throw new AssertionError(fetch);
    }

    private Optional<NotSent> pauseBeforeSubmit() {
        return offer().staysFor(recipient.submitDelay()) ? Optional.empty() : clipboardTaken();
    }

    private Optional<NotSent> pressSubmitKeys() {
        journal.keep(Step.SUBMITTING);
        mayBeSubmitted = true;
        Verdict verdict = pressWhileFocused(
                claim.priority() == Priority.URGENT ? recipient.submitUrgentKeys() : recipient.submitKeys());
        mayBeSubmitted = verdict == Verdict.HELD;
        textInInput = verdict != Verdict.HELD;
        return verdict == Verdict.HELD ? done(Step.SUBMITTED) : refused(verdict, FailureCode.FOCUS_LOST);
    }

    private DeliveryOutcome confirm() {
        if (recipient.confirmedBy() == ConfirmedBy.PASTE) {
            log.note(Step.CONFIRMED);
            return new Delivered(Channel.WINDOW, Evidence.PASTE);
        }
        return new Unconfirmed(
                "the text was fetched and submitted, but the recipient's own proof has not come", Evidence.PASTE);
    }

    /**
     * Empties the input box; only ever of the target, only while it has the focus, and after a click into the box where the
     * recipient says where it is: in another part of the window these keys would empty something else.
     */
    private boolean takeBack() {
        if (clickInputPoint() != Verdict.HELD) {
            return false;
        }
        for (KeyChord keys : recipient.clearKeys()) {
            if (pressWhileFocused(keys) != Verdict.HELD) {
                return false;
            }
        }
        textInInput = false;
        log.note(Step.TAKEN_BACK);
        return true;
    }

    private Verdict pressWhileFocused(KeyChord keys) {
        return win(
                () -> desktop.input().press(target(), keys),
                () -> desktop.windows().focus(target(), limits.focusLimit()));
    }

    /** A step that lost a race did nothing: the condition is mended and the step tried again, within the limit. */
    private Verdict win(Supplier<Verdict> step, Supplier<Verdict> mend) {
        long end = System.nanoTime() + limits.raceLimit().toNanos();
        while (true) {
            Verdict verdict = step.get();
            if (!isRace(verdict) || System.nanoTime() - end >= 0) {
                return verdict;
            }
            Verdict mended = mend.get();
            if (mended != Verdict.HELD) {
                return mended;
            }
        }
    }

    private static boolean isRace(Verdict verdict) {
        return verdict == Verdict.FOCUS_ELSEWHERE || verdict == Verdict.COVERED || verdict == Verdict.POINTER_MOVED;
    }

    private Optional<NotSent> refused(Verdict verdict, FailureCode whenFocusIsElsewhere) {
        return Optional.of(approach.refused(verdict, whenFocusIsElsewhere));
    }

    private Optional<NotSent> clipboardTaken() {
        return fail(FailureCode.CLIPBOARD_TAKEN, "another program took the clipboard during the paste");
    }

    private Optional<NotSent> fail(FailureCode code, String detail) {
        return Optional.of(new NotSent(code, detail));
    }

    private Optional<NotSent> done(Step step) {
        log.note(step);
        return Optional.empty();
    }

    private Target target() {
        return approach.target();
    }

    private Offer offer() {
        if (offer == null) {
            throw new IllegalStateException("nothing was offered yet");
        }
        return offer;
    }
}
