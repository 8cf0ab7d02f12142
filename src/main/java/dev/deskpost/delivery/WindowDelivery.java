package dev.deskpost.delivery;

import dev.deskpost.delivery.DeliveryOutcome.Delivered;
import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.delivery.DeliveryOutcome.Submitted;
import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.message.Claim;
import dev.deskpost.message.Evidence;
import dev.deskpost.recipient.Recipient;
import java.util.Optional;
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
    private final AdaptiveTimeouts timeouts;
    private final Doubts doubts;
    private final ClipboardFigures figures;
    private final EmptyBoxes emptyBoxes;
    private final AttemptSteps steps;
    private final boolean textLeftBehind;

    private final Approach approach;

    /** Where the window and its input point were when the point was clicked. */
    private Optional<WindowSeen> where = Optional.empty();

    private @Nullable Writing writing;

    /**
     * @param textLeftBehind whether an earlier attempt may have left its text in the input box
     * @param seen where the window was at the last delivery
     */
    WindowDelivery(
            Claim claim,
            Recipient recipient,
            DesktopSession desktop,
            DeliveryProperties limits,
            AdaptiveTimeouts timeouts,
            Doubts doubts,
            ClipboardFigures figures,
            EmptyBoxes emptyBoxes,
            AttemptSteps steps,
            boolean textLeftBehind,
            Optional<WindowSeen> seen) {
        this.claim = claim;
        this.recipient = recipient;
        this.desktop = desktop;
        this.limits = limits;
        this.timeouts = timeouts;
        this.doubts = doubts;
        this.figures = figures;
        this.emptyBoxes = emptyBoxes;
        this.steps = steps;
        this.textLeftBehind = textLeftBehind;
        this.approach = new Approach(recipient, desktop, timeouts, seen);
    }

    DeliveryOutcome deliver() {
        Optional<NotSent> failure = findWindow().or(this::focusWindow);
        if (failure.isPresent()) {
            return failure.get();
        }
        Race race = new Race(limits.raceLimit());
        InputBox box = new InputBox(desktop, approach, recipient, timeouts, race, emptyBoxes);
        try (Writing text = new Writing(
                claim, recipient, box, desktop.clipboard(), timeouts, race, doubts, figures, steps, textLeftBehind)) {
            writing = text;
            return write(box, text);
        }
    }

    private DeliveryOutcome write(InputBox box, Writing text) {
        Optional<NotSent> failure = click(box).or(() -> takeBackLeftover(text)).or(text::write);
        if (failure.isPresent()) {
            // The keys that empty a box would reach a question, too: the text stays until the next attempt
            if (text.hasPasted()
                    && failure.get().code() != FailureCode.RECIPIENT_BLOCKED
                    && steps.blocked().isEmpty()) {
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

    private Optional<NotSent> click(InputBox box) {
        if (recipient.input().isEmpty()) {
            return Optional.empty();
        }
        Verdict verdict = box.click();
        where = box.where();
        return verdict == Verdict.HELD
                ? done(Step.CLICKED)
                : Optional.of(approach.refused(verdict, FailureCode.FOCUS_NOT_ACQUIRED));
    }

    private Optional<NotSent> takeBackLeftover(Writing text) {
        if (!textLeftBehind) {
            return Optional.empty();
        }
        Optional<NotSent> blocked = steps.blocked();
        return blocked.isPresent() || text.takeBack()
                ? blocked
                : fail(
                        FailureCode.FOCUS_LOST,
                        "an earlier attempt left its text in the input box, and it could not be taken back");
    }

    private DeliveryOutcome confirm() {
        if (!recipient.confirmsItself()) {
            steps.note(Step.CONFIRMED);
            return new Delivered(Evidence.PASTE);
        }
        return new Submitted();
    }

    private static Optional<NotSent> fail(FailureCode code, String detail) {
        return Optional.of(new NotSent(code, detail));
    }

    private Optional<NotSent> done(Step step) {
        steps.note(step);
        return Optional.empty();
    }
}
