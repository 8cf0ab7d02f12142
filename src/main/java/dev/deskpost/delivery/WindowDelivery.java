package dev.deskpost.delivery;

import dev.deskpost.delivery.DeliveryOutcome.Delivered;
import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.delivery.DeliveryOutcome.Unconfirmed;
import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.desktop.WindowSelector.Match;
import dev.deskpost.message.Channel;
import dev.deskpost.message.Claim;
import dev.deskpost.message.Evidence;
import dev.deskpost.recipient.ConfirmedBy;
import dev.deskpost.recipient.Recipient;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of one delivery into one window, from finding it to the proof. Each step either succeeds or says why the
 * message was certainly not sent; the first failure ends it, and a text that was pasted by then is taken back.
 *
 * <p>Not certain is only the moment in which the submit keys are pressed. If that call does not return, whoever catches
 * the exception must ask {@link #mayBeSubmitted}.
 */
final class WindowDelivery {

    private final Claim claim;
    private final Recipient recipient;
    private final DesktopSession desktop;
    private final DeliveryProperties limits;
    private final Doubts doubts;
    private final AttemptSteps steps;
    private final boolean textLeftBehind;

    private @Nullable Target target;
    private @Nullable Writing writing;

    /** @param textLeftBehind whether an earlier attempt may have left its text in the input box */
    WindowDelivery(
            Claim claim,
            Recipient recipient,
            DesktopSession desktop,
            DeliveryProperties limits,
            Doubts doubts,
            AttemptSteps steps,
            boolean textLeftBehind) {
        this.claim = claim;
        this.recipient = recipient;
        this.desktop = desktop;
        this.limits = limits;
        this.doubts = doubts;
        this.steps = steps;
        this.textLeftBehind = textLeftBehind;
    }

    DeliveryOutcome deliver() {
        Optional<NotSent> failure = findWindow().or(this::focusWindow);
        if (failure.isPresent()) {
            return failure.get();
        }
        Race race = new Race(limits.raceLimit());
        InputBox box = new InputBox(desktop, target(), recipient, limits, race);
        try (Writing text =
                new Writing(claim, recipient, box, desktop.clipboard(), limits, race, doubts, steps, textLeftBehind)) {
            writing = text;
            return write(box, text);
        }
    }

    private DeliveryOutcome write(InputBox box, Writing text) {
        Optional<NotSent> failure = click(box).or(() -> takeBackLeftover(text)).or(text::write);
        if (failure.isPresent()) {
            if (text.hasPasted()) {
                text.takeBack();
            }
            return failure.get();
        }
        text.putDraftBack();
        return confirm();
    }

    /** Whether the submit keys may have been pressed although nobody could say so. */
    boolean mayBeSubmitted() {
        return writing != null && writing.mayBeSubmitted();
    }

    /** Whether a text may stand in the input box that was neither submitted nor taken back. */
    boolean leavesText() {
        return writing == null ? textLeftBehind : writing.leavesText();
    }

    private Optional<NotSent> findWindow() {
        Match match = recipient.window().among(desktop.windows().all());
        if (match instanceof Match.One one) {
            target = one.target();
            return done(Step.FOUND);
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
        Verdict verdict = desktop.windows().focus(target(), limits.focusLimit());
        return verdict == Verdict.HELD ? done(Step.FOCUSED) : refused(verdict);
    }

    private Optional<NotSent> click(InputBox box) {
        if (recipient.input().isEmpty()) {
            return Optional.empty();
        }
        Verdict verdict = box.click();
        return verdict == Verdict.HELD ? done(Step.CLICKED) : refused(verdict);
    }

    private Optional<NotSent> takeBackLeftover(Writing text) {
        if (textLeftBehind && !text.takeBack()) {
            return fail(
                    FailureCode.FOCUS_LOST,
                    "an earlier attempt left its text in the input box, and it could not be taken back");
        }
        return Optional.empty();
    }

    private DeliveryOutcome confirm() {
        if (recipient.confirmedBy() == ConfirmedBy.PASTE) {
            steps.note(Step.CONFIRMED);
            return new Delivered(Channel.WINDOW, Evidence.PASTE);
        }
        return new Unconfirmed(
                "the text was fetched and submitted, but the recipient's own proof has not come", Evidence.PASTE);
    }

    private static Optional<NotSent> refused(Verdict verdict) {
        return Optional.of(Refusals.notSent(verdict, FailureCode.FOCUS_NOT_ACQUIRED));
    }

    private static Optional<NotSent> fail(FailureCode code, String detail) {
        return Optional.of(new NotSent(code, detail));
    }

    private Optional<NotSent> done(Step step) {
        steps.note(step);
        return Optional.empty();
    }

    private Target target() {
        if (target == null) {
            throw new IllegalStateException("no window was found yet");
        }
        return target;
    }
}
