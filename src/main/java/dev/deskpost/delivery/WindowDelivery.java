package dev.deskpost.delivery;

import dev.deskpost.delivery.AdaptiveTimeouts.Ending;
import dev.deskpost.delivery.AdaptiveTimeouts.Wait;
import dev.deskpost.delivery.DeliveryOutcome.Delivered;
import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.delivery.DeliveryOutcome.Unconfirmed;
import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.GuardedClipboard.Fetch;
import dev.deskpost.desktop.GuardedClipboard.Offer;
import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.desktop.WindowSelector.Match;
import dev.deskpost.message.Channel;
import dev.deskpost.message.Claim;
import dev.deskpost.message.Evidence;
import dev.deskpost.message.Priority;
import dev.deskpost.recipient.ConfirmedBy;
import dev.deskpost.recipient.Recipient;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
    private final AdaptiveTimeouts timeouts;
    private final AttemptLog log;
    private final Journal journal;

    private @Nullable Target target;
    private @Nullable Offer offer;

    /** A text may stand in the input box, of this attempt or of an earlier one. */
    private boolean textInInput;

    /** This attempt's paste was fetched, or something else was pasted in its place. */
    private boolean pasted;

    private boolean mayBeSubmitted;

    /** @param textLeftBehind whether an earlier attempt may have left its text in the input box */
    WindowDelivery(
            Claim claim,
            Recipient recipient,
            DesktopSession desktop,
            DeliveryProperties limits,
            AdaptiveTimeouts timeouts,
            AttemptLog log,
            Journal journal,
            boolean textLeftBehind) {
        this.claim = claim;
        this.recipient = recipient;
        this.desktop = desktop;
        this.limits = limits;
        this.timeouts = timeouts;
        this.log = log;
        this.journal = journal;
        this.textInInput = textLeftBehind;
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

    private Optional<NotSent> findWindow() {
        Match match = recipient.window().among(desktop.windows().all());
        if (match instanceof Match.One one) {
            target = one.target();
            log.note(Step.FOUND);
            return Optional.empty();
        }
        if (match instanceof Match.Several several) {
            String titles = several.windows().stream()
                    .map(window -> window.id() + " '" + window.title() + "'")
                    .collect(Collectors.joining(", "));
            return fail(
                    FailureCode.WINDOW_AMBIGUOUS,
                    several.windows().size() + " windows match " + recipient.window()
                            + "; make the recipient's rule narrower. They are " + titles);
        }
        return fail(
                FailureCode.WINDOW_NOT_FOUND,
                "no window on the desktop matches " + recipient.window()
                        + "; GET /api/v1/windows lists those there are");
    }

    private Optional<NotSent> focusWindow() {
        Verdict verdict = focus();
        return verdict == Verdict.HELD ? done(Step.FOCUSED) : refused(verdict, FailureCode.FOCUS_NOT_ACQUIRED);
    }

    private Optional<NotSent> clickInput() {
        if (recipient.input().isEmpty()) {
            return Optional.empty();
        }
        Verdict verdict = clickInputPoint();
        return verdict == Verdict.HELD ? done(Step.CLICKED) : refused(verdict, FailureCode.FOCUS_NOT_ACQUIRED);
    }

    /** Held as well where the recipient has no input point. */
    private Verdict clickInputPoint() {
        Optional<Bounds> bounds = desktop.windows().bounds(target());
        if (bounds.isEmpty()) {
            return Verdict.GONE;
        }
        Optional<Point> point =
                recipient.inputPoint(bounds.get(), desktop.windows().screen());
        return point.map(input -> win(
                        () -> desktop.input().click(target(), input, timeouts.limit(Wait.ACTIVATE)),
                        () -> raise(input)))
                .orElse(Verdict.HELD);
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
                this::focus);
        textInInput = verdict == Verdict.HELD;
        return verdict == Verdict.HELD ? Optional.empty() : refused(verdict, FailureCode.FOCUS_LOST);
    }

    private Optional<NotSent> awaitFetch() {
        Duration limit = timeouts.limit(Wait.FETCH);
        Fetch fetch = timeouts.measure(Wait.FETCH, within -> offer().awaitFetch(within), WindowDelivery::endingOf);
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
                        "the window's program did not fetch the text within " + limit + " after "
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
        KeyChord keys = claim.priority() == Priority.URGENT ? recipient.submitUrgentKeys() : recipient.submitKeys();
        Verdict verdict = timeouts.measure(
                Wait.SUBMIT,
                within -> pressWhileFocused(keys, longer(within, limits.raceLimit())),
                WindowDelivery::endingOf);
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
            if (pressWhileFocused(keys, limits.raceLimit()) != Verdict.HELD) {
                return false;
            }
        }
        textInInput = false;
        log.note(Step.TAKEN_BACK);
        return true;
    }

    private Verdict pressWhileFocused(KeyChord keys, Duration patience) {
        return win(() -> desktop.input().press(target(), keys), this::focus, patience);
    }

    /** Where the window has the focus already nothing is waited for, so nothing is learned. */
    private Verdict focus() {
        Verdict now = desktop.windows().check(target());
        return now != Verdict.FOCUS_ELSEWHERE
                ? now
                : timeouts.measure(
                        Wait.FOCUS, within -> desktop.windows().focus(target(), within), WindowDelivery::endingOf);
    }

    /** Only asked where another window was found above the input point, or where the pointer was moved. */
    private Verdict raise(Point input) {
        Verdict now = desktop.windows().hit(target(), input, Duration.ZERO);
        return now != Verdict.COVERED
                ? now
                : timeouts.measure(
                        Wait.ACTIVATE,
                        within -> desktop.windows().hit(target(), input, within),
                        WindowDelivery::endingOf);
    }

    private static Ending endingOf(Verdict verdict) {
        return switch (verdict) {
            case HELD -> Ending.MET;
            case FOCUS_ELSEWHERE, COVERED -> Ending.MISSED;
            default -> Ending.BROKEN_OFF;
        };
    }

    private static Ending endingOf(Fetch fetch) {
        return switch (fetch) {
            case FETCHED -> Ending.MET;
            case NOT_FETCHED -> Ending.MISSED;
            case TAKEN -> Ending.BROKEN_OFF;
        };
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** A step that lost a race did nothing: the condition is mended and the step tried again, within the limit. */
    private Verdict win(Supplier<Verdict> step, Supplier<Verdict> mend) {
        return win(step, mend, limits.raceLimit());
    }

    private static Verdict win(Supplier<Verdict> step, Supplier<Verdict> mend, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
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
        return switch (verdict) {
            case FOCUS_ELSEWHERE ->
                fail(whenFocusIsElsewhere, "another window has the focus, and it was not to be had within the limit");
            case COVERED -> fail(FailureCode.INPUT_COVERED, "another window lies over the input point");
            case OUTSIDE ->
                fail(
                        FailureCode.INPUT_OUTSIDE_WINDOW,
                        "the input point lies outside of the window, or of the screen; was the window moved or resized?");
            case POINTER_MOVED -> fail(FailureCode.DESKTOP_IN_USE, "somebody is moving the pointer");
            case INPUT_HELD -> fail(FailureCode.DESKTOP_IN_USE, "somebody holds a modifier key or a button");
            case CHANGED ->
                fail(
                        FailureCode.WINDOW_CHANGED,
                        "the window has changed its title, class or process since it was found");
            case GONE -> fail(FailureCode.WINDOW_NOT_FOUND, "the window has closed since it was found");
            case NO_SUCH_KEY ->
                fail(
                        FailureCode.KEY_NOT_AVAILABLE,
                        "the present keyboard layout lacks one of the recipient's keys; choose others, such as shift+insert");
            case HELD -> throw new IllegalArgumentException("nothing was refused");
        };
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
        if (target == null) {
            throw new IllegalStateException("no window was found yet");
        }
        return target;
    }

    private Offer offer() {
        if (offer == null) {
            throw new IllegalStateException("nothing was offered yet");
        }
        return offer;
    }
}
